/**
 * Text files line by line, as data sets and test collections come: UTF-8, perhaps gzipped, perhaps a JSON object or a row of
 * fields on each line. Whatever is wrong is said with the file and the line.
 *
 * <p>Start with {@link org.hybridir.text.TextFile}; {@link org.hybridir.text.JsonLines} and {@link org.hybridir.text.Rows}
 * stand on it. All hand over one line after the other, so a file of any size takes the memory of its longest line. What the
 * lines mean is the business of those who read them.
 */
package org.hybridir.text;
