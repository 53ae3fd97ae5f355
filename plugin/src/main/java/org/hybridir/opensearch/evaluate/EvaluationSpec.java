package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hybridir.measure.Measure;
import org.hybridir.measure.Measures;
import org.hybridir.measure.Setting;
import org.hybridir.opensearch.evaluate.search.SearchSpec;
import org.opensearch.common.Nullable;
import org.opensearch.core.ParseField;
import org.opensearch.core.common.Strings;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ObjectParser;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;

/**
 * What to evaluate: the body of {@code POST _hybrid_ir/_evaluate}.
 *
 * @param index the passages: one index, or an alias of one
 * @param questionsIndex the questions; null: {@code <index>-questions}
 * @param encoder turns the questions into vectors; null: the one that the index of passages names
 * @param settings which pools to rank; empty: all
 * @param languages which languages take part, in questions and passages; empty: all of the passages'
 * @param measures as in ir_measures; empty: {@link Measures#defaults()}
 * @param vectorField where the passages' vectors are
 * @param judgementsIndex documents with {@code question_id}, {@code passage_id} and, if they like, {@code grade}; null: the
 *     passages' field {@code question_ids} tells which questions a passage answers
 * @param blockSize how many questions are held in memory at once
 * @param perQuestion whether each question's own values are in the response; in what is kept, they always are
 * @param search asks the questions as searches; null: ranks exactly
 */
record EvaluationSpec(
        String index,
        @Nullable String questionsIndex,
        @Nullable String encoder,
        List<String> settings,
        List<String> languages,
        List<String> measures,
        String vectorField,
        @Nullable String judgementsIndex,
        int blockSize,
        boolean perQuestion,
        @Nullable SearchSpec search)
        implements Writeable, ToXContentObject {
    static final String DEFAULT_VECTOR_FIELD = "embedding";
    static final int DEFAULT_BLOCK_SIZE = 1024;
    /** A block is read as one page of a search, which an index allows up to this size unless told otherwise. */
    static final int MAX_BLOCK_SIZE = 10_000;

    private static final ParseField INDEX = new ParseField("index");
    private static final ParseField QUESTIONS_INDEX = new ParseField("questions_index");
    private static final ParseField ENCODER = new ParseField("encoder");
    private static final ParseField SETTINGS = new ParseField("settings");
    private static final ParseField LANGUAGES = new ParseField("languages");
    private static final ParseField MEASURES = new ParseField("measures");
    private static final ParseField VECTOR_FIELD = new ParseField("vector_field");
    private static final ParseField JUDGEMENTS_INDEX = new ParseField("judgements_index");
    private static final ParseField BLOCK_SIZE = new ParseField("block_size");
    private static final ParseField PER_QUESTION = new ParseField("per_question");
    private static final ParseField SEARCH = new ParseField("search");

    private static final ObjectParser<Builder, Void> PARSER = new ObjectParser<>("hybrid_ir_evaluate", Builder::new);

    static {
        PARSER.declareString((b, v) -> b.index = v, INDEX);
        PARSER.declareString((b, v) -> b.questionsIndex = v, QUESTIONS_INDEX);
        PARSER.declareString((b, v) -> b.encoder = v, ENCODER);
        PARSER.declareStringArray((b, v) -> b.settings = v, SETTINGS);
        PARSER.declareStringArray((b, v) -> b.languages = v, LANGUAGES);
        PARSER.declareStringArray((b, v) -> b.measures = v, MEASURES);
        PARSER.declareString((b, v) -> b.vectorField = v, VECTOR_FIELD);
        PARSER.declareString((b, v) -> b.judgementsIndex = v, JUDGEMENTS_INDEX);
        PARSER.declareInt((b, v) -> b.blockSize = v, BLOCK_SIZE);
        PARSER.declareBoolean((b, v) -> b.perQuestion = v, PER_QUESTION);
        PARSER.declareObject((b, v) -> b.search = v, (p, c) -> SearchSpec.fromXContent(p), SEARCH);
    }

    /** @throws IllegalArgumentException if a value is not one of those allowed */
    EvaluationSpec {
        if (Strings.hasText(index) == false) {
            throw new IllegalArgumentException("[index] is missing: name the index of the passages");
        }
        if (Strings.hasText(vectorField) == false) {
            throw new IllegalArgumentException("[vector_field] is empty: name the field of the passages' vectors");
        }
        if (blockSize < 1 || blockSize > MAX_BLOCK_SIZE) {
            throw new IllegalArgumentException(
                    "[block_size] is [" + blockSize + "], allowed are 1 to " + MAX_BLOCK_SIZE);
        }
        settings = List.copyOf(settings);
        languages = List.copyOf(languages);
        measures = List.copyOf(measures);
        settings.forEach(EvaluationSpec::setting);
        measures.forEach(Measures::parse);
        if (search != null) {
            checkSearch(search, encoder, chosen(settings));
        }
    }

    private static void checkSearch(SearchSpec search, String encoder, Set<Setting> settings) {
        search.check(settings);
        if (encoder != null && search.compareExact() == false) {
            throw new IllegalArgumentException("[encoder] is [" + encoder
                    + "], but only an exact ranking asks it: name it inside of [search], in the query [hybrid_ir], or set"
                    + " [compare_exact] to [true]");
        }
    }

    EvaluationSpec(StreamInput in) throws IOException {
        this(
                in.readString(),
                in.readOptionalString(),
                in.readOptionalString(),
                in.readStringList(),
                in.readStringList(),
                in.readStringList(),
                in.readString(),
                in.readOptionalString(),
                in.readVInt(),
                in.readBoolean(),
                in.readOptionalWriteable(SearchSpec::new));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(index);
        out.writeOptionalString(questionsIndex);
        out.writeOptionalString(encoder);
        out.writeStringCollection(settings);
        out.writeStringCollection(languages);
        out.writeStringCollection(measures);
        out.writeString(vectorField);
        out.writeOptionalString(judgementsIndex);
        out.writeVInt(blockSize);
        out.writeBoolean(perQuestion);
        out.writeOptionalWriteable(search);
    }

    static EvaluationSpec fromXContent(XContentParser parser) throws IOException {
        // Built after parsing, so that what the constructor refuses is not buried in a parser's message.
        return PARSER.parse(parser, null).build();
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject().field(INDEX.getPreferredName(), index);
        optional(builder, QUESTIONS_INDEX, questionsIndex);
        optional(builder, ENCODER, encoder);
        builder.field(SETTINGS.getPreferredName(), settings);
        builder.field(LANGUAGES.getPreferredName(), languages);
        builder.field(MEASURES.getPreferredName(), measures);
        builder.field(VECTOR_FIELD.getPreferredName(), vectorField);
        optional(builder, JUDGEMENTS_INDEX, judgementsIndex);
        builder.field(BLOCK_SIZE.getPreferredName(), blockSize);
        builder.field(PER_QUESTION.getPreferredName(), perQuestion);
        if (search != null) {
            builder.field(SEARCH.getPreferredName(), search);
        }
        return builder.endObject();
    }

    private static void optional(XContentBuilder builder, ParseField field, String value) throws IOException {
        if (value != null) {
            builder.field(field.getPreferredName(), value);
        }
    }

    /** The index of questions, by its default name if none was given. */
    String questions() {
        return questionsIndex == null ? index + "-questions" : questionsIndex;
    }

    /** Whether all passages are ranked: alone, or beside the search. */
    boolean exact() {
        return search == null || search.compareExact();
    }

    Set<Setting> chosenSettings() {
        return chosen(settings);
    }

    private static Set<Setting> chosen(List<String> settings) {
        return settings.isEmpty()
                ? EnumSet.allOf(Setting.class)
                : settings.stream()
                        .map(EvaluationSpec::setting)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Setting.class)));
    }

    List<Measure> chosenMeasures() {
        return measures.isEmpty()
                ? Measures.defaults()
                : measures.stream().distinct().map(Measures::parse).toList();
    }

    private static Setting setting(String key) {
        return Arrays.stream(Setting.values())
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown setting [" + key + "], known ones "
                        + Arrays.stream(Setting.values()).map(Setting::key).toList()));
    }

    private static final class Builder {
        private String index;
        private String questionsIndex;
        private String encoder;
        private List<String> settings = List.of();
        private List<String> languages = List.of();
        private List<String> measures = List.of();
        private String vectorField = DEFAULT_VECTOR_FIELD;
        private String judgementsIndex;
        private int blockSize = DEFAULT_BLOCK_SIZE;
        private boolean perQuestion;
        private SearchSpec.Draft search;

        private EvaluationSpec build() {
            return new EvaluationSpec(
                    index,
                    questionsIndex,
                    encoder,
                    settings,
                    languages,
                    measures,
                    vectorField,
                    judgementsIndex,
                    blockSize,
                    perQuestion,
                    search == null ? null : search.build());
        }
    }
}
