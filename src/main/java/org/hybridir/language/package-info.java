/**
 * What languages are: names, families, scripts, how far they are apart, and what that has to do with results.
 *
 * <p>Start with {@link org.hybridir.language.Languages}, the table; {@link org.hybridir.language.LanguageCode} brings the
 * codes that files use into one form. {@link org.hybridir.language.Typology} groups a {@link org.hybridir.measure.Report}
 * by family, branch and script and correlates it with {@link org.hybridir.language.Genealogy}'s distance; {@link
 * org.hybridir.language.TypologyTable} prints that.
 *
 * <p>The table's conventions:
 *
 * <ul>
 *   <li>Codes are those of ISO 639. Where a code stands for several languages, such as Arabic or Chinese, the row
 *       describes what test collections mean by it: Standard Arabic, Mandarin.
 *   <li>Families are those that Glottolog has (Hammarström, Forkel, Haspelmath and Bank), under its names: so no Altaic,
 *       and Atlantic-Congo, not Niger-Congo. An isolate is a family of one. Of the many groups within a family those stand
 *       there that are widely known and tell the table's languages apart; a branch is about as old as a genus of WALS
 *       (Dryer 1989): Romance rather than Italic, Slavic rather than Balto-Slavic.
 *   <li>Creoles stand with the language that most of their words come from, as in Glottolog. Constructed languages have a
 *       group in place of a family, and no distance.
 *   <li>Scripts are those of ISO 15924, one a language, the one that it is mostly written in; Chinese is Han whether
 *       simplified or traditional.
 * </ul>
 *
 * <p>What does not belong here: texts and how to tell their language. This package imports nothing but {@code java.*} and
 * {@link org.hybridir.measure}.
 */
package org.hybridir.language;
