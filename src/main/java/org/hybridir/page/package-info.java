/**
 * The result of an evaluation as a page to read and to link: {@link org.hybridir.page.HtmlPage}, one file with pictures, and
 * {@link org.hybridir.page.MarkdownPage}, the same as tables. Both take the map that the node's {@code _evaluate} answers and
 * {@code hybrid-ir evaluate --json} writes, and leave out what it lacks. {@link org.hybridir.page.PairMatrices} draws one figure of
 * several results.
 *
 * <p>Start with {@link org.hybridir.page.Page}: it says what stands on a page, in {@link org.hybridir.page.Section}s of
 * {@link org.hybridir.page.Block}s, once for both. Names, ids and texts of a result are not trusted: HTML is written by
 * {@link org.hybridir.chart.Markup} alone, which escapes them.
 *
 * <p>What does not belong here: computing anything but what a reader sees, such as a share in percent. This package imports
 * nothing but {@code java.*}, {@code chart} and {@code measure}.
 */
package org.hybridir.page;
