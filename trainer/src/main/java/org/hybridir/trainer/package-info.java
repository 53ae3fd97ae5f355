/**
 * The command {@code hybrid-ir}: a class for each subcommand, in the order of a researcher's work {@code import}, {@code
 * data}, {@code train}, {@code sweep}, {@code evaluate}, {@code export}, {@code load}. Begin with {@link
 * org.hybridir.trainer.Main}.
 *
 * <p>A command parses, checks what it was given before any long work, calls the packages below, and prints. It exits with 2
 * if its arguments are wrong and with 1 if something failed. What does not belong here: anything that a test would want to
 * call without a command line.
 */
package org.hybridir.trainer;
