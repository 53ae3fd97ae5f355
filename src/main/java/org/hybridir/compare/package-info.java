/**
 * Whether results differ by more than the luck of the questions.
 *
 * <p>Start with {@link org.hybridir.compare.Comparison}: two or more results side by side, and {@link
 * org.hybridir.compare.ComparisonTable}, which prints it. A pair's values are brought together question by question in {@link
 * org.hybridir.compare.PairedValues}, which says what the unit is, and told apart by a {@link
 * org.hybridir.compare.PairedTest}: {@link org.hybridir.compare.RandomisationTest} for p, {@link
 * org.hybridir.compare.Bootstrap} for an interval, an effect size; {@link org.hybridir.compare.Holm} corrects p for how
 * many comparisons there are.
 *
 * <p>What does not belong here: how a result comes about. This package imports nothing but {@code java.*} and {@link
 * org.hybridir.measure}.
 */
package org.hybridir.compare;
