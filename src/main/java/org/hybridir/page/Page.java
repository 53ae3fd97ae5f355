package org.hybridir.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hybridir.measure.PlainMap;
import org.hybridir.measure.Report;

/**
 * What every kind of page says of a result, in the order of reading.
 *
 * @param title the encoder and what it ranked
 * @param lead one sentence: how much was ranked
 * @param facts about the encoder, the collection and the run
 * @param sections only those for which the result has something
 */
record Page(String title, String lead, Block.Terms facts, List<Section> sections) {

    /** @throws IllegalArgumentException if the result has no report, or a part of it is not what it should be */
    static Page of(Map<String, Object> result) {
        PlainMap whole = new PlainMap("a result of an evaluation", result);
        Report report = Report.fromMap(whole.child("report").map());
        LanguageNames names = LanguageNames.of(whole);
        MeasureSections measures = new MeasureSections(report, names);
        BiasSections bias = new BiasSections(report, names);
        TypologySections typology = new TypologySections(report, whole);
        MethodSections method = new MethodSections(report, whole);
        List<Section> sections = new ArrayList<>();
        sections.add(method.terms());
        sections.add(measures.summary());
        method.search().ifPresent(sections::add);
        sections.add(measures.byLanguage());
        measures.pairs().ifPresent(sections::add);
        bias.rankDistance().ifPresent(sections::add);
        bias.goldRanks().ifPresent(sections::add);
        bias.top().ifPresent(sections::add);
        sections.addAll(typology.groups());
        typology.distance().ifPresent(sections::add);
        new WorstQuestions(report, names).section().ifPresent(sections::add);
        sections.add(method.leftOut());
        sections.add(method.method());
        return new Page(title(whole), lead(whole, report), new Block.Terms(facts(whole, report, names)), sections);
    }

    private static String title(PlainMap whole) {
        String encoder = encoder(whole, "name").orElse("An encoder");
        return pool(whole).map(pool -> encoder + " on " + pool).orElse(encoder);
    }

    private static Optional<String> encoder(PlainMap whole, String key) {
        return whole.optionalChild("encoder").flatMap(encoder -> encoder.optionalString(key));
    }

    /** The collection offline, the index in a node. */
    private static Optional<String> pool(PlainMap whole) {
        return whole.optionalString("collection")
                .or(() -> whole.optionalChild("passages").flatMap(passages -> passages.optionalString("index")));
    }

    private static String lead(PlainMap whole, Report report) {
        return encoder(whole, "name").orElse("The encoder") + " ranked "
                + Numbers.counted(report.passageCount(), "passage") + " for "
                + Numbers.counted(report.questionCount(), "question") + " in "
                + Numbers.counted(report.languages().size(), "language") + ".";
    }

    private static Map<String, String> facts(PlainMap whole, Report report, LanguageNames names) {
        Map<String, String> facts = new LinkedHashMap<>();
        encoder(whole, "name").ifPresent(name -> facts.put("Encoder", name));
        encoder(whole, "fingerprint").ifPresent(fingerprint -> facts.put("Fingerprint", fingerprint));
        encoder(whole, "dimension").ifPresent(dimension -> facts.put("Dimensions", dimension));
        whole.optionalString("collection").ifPresent(collection -> facts.put("Collection", collection));
        whole.optionalChild("passages").ifPresent(passages -> facts.put("Index of passages", index(passages)));
        whole.optionalChild("questions")
                .flatMap(questions -> questions.optionalString("index"))
                .ifPresent(index -> facts.put("Index of questions", index));
        facts.put("Languages", report.languages().stream().map(names::label).collect(Collectors.joining(", ")));
        took(whole).ifPresent(took -> facts.put("Took", took));
        return facts;
    }

    private static String index(PlainMap passages) {
        String index = passages.optionalString("index").orElse("");
        return passages.optionalNumber("shards")
                .map(shards -> index + ", " + Numbers.counted(shards, "shard"))
                .orElse(index);
    }

    private static Optional<String> took(PlainMap whole) {
        Optional<PlainMap> phases = whole.optionalChild("took_ms").or(() -> whole.optionalChild("phases_ms"));
        Optional<String> parts = phases.map(part -> part.doubles().entrySet().stream()
                .map(phase -> phase.getKey().replace('_', ' ') + " " + Numbers.seconds(phase.getValue()))
                .collect(Collectors.joining(", ")));
        Optional<String> total = whole.optionalNumber("took").map(Numbers::seconds);
        return total.isPresent() && parts.isPresent()
                ? Optional.of(total.get() + ": " + parts.get())
                : total.or(() -> parts);
    }
}
