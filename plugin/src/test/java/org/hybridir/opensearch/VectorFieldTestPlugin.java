package org.hybridir.opensearch;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.opensearch.common.settings.Setting;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.mapper.Mapper;
import org.opensearch.index.mapper.ParametrizedFieldMapper;
import org.opensearch.index.mapper.ParametrizedFieldMapper.Parameter;
import org.opensearch.index.mapper.ParseContext;
import org.opensearch.index.mapper.TextSearchInfo;
import org.opensearch.index.mapper.ValueFetcher;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.plugins.MapperPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.search.lookup.SearchLookup;

/**
 * The field type {@code knn_vector} as the k-NN plugin keeps it with the engine lucene, a Lucene float vector under the
 * field's own name, and nothing else of that plugin: its jar is not published, only its zip for a real node.
 */
public final class VectorFieldTestPlugin extends Plugin implements MapperPlugin {
    public static final String TYPE = "knn_vector";

    @Override
    public List<Setting<?>> getSettings() {
        return List.of(Setting.boolSetting("index.knn", false, Setting.Property.IndexScope));
    }

    @Override
    public Map<String, Mapper.TypeParser> getMappers() {
        return Map.of(TYPE, new ParametrizedFieldMapper.TypeParser((name, context) -> new VectorBuilder(name)));
    }

    private static final class VectorBuilder extends ParametrizedFieldMapper.Builder {
        private final Parameter<Integer> dimension =
                Parameter.intParam("dimension", false, mapper -> ((VectorMapper) mapper).dimension, 0);
        private final Parameter<Map<String, Object>> method = new Parameter<>(
                "method", false, () -> Map.of(), (name, context, value) -> method(value), mapper -> ((VectorMapper)
                                mapper)
                        .method);
        private final Parameter<String> dataType =
                Parameter.stringParam("data_type", false, mapper -> ((VectorMapper) mapper).dataType, "float");

        private VectorBuilder(String name) {
            super(name);
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> method(Object value) {
            return (Map<String, Object>) value;
        }

        @Override
        protected List<Parameter<?>> getParameters() {
            return List.of(dimension, method, dataType);
        }

        @Override
        public VectorMapper build(Mapper.BuilderContext context) {
            return new VectorMapper(
                    name,
                    new VectorType(buildFullName(context)),
                    multiFieldsBuilder.build(this, context),
                    copyTo.build(),
                    dimension.getValue(),
                    method.getValue(),
                    dataType.getValue());
        }
    }

    private static final class VectorType extends MappedFieldType {
        private VectorType(String name) {
            super(name, false, false, false, TextSearchInfo.NONE, Map.of());
        }

        @Override
        public ValueFetcher valueFetcher(QueryShardContext context, SearchLookup lookup, String format) {
            throw new UnsupportedOperationException("[fields] is not for vectors");
        }

        @Override
        public String typeName() {
            return TYPE;
        }

        @Override
        public Query termQuery(Object value, QueryShardContext context) {
            throw new IllegalArgumentException("a vector has no terms");
        }

        @Override
        public Query existsQuery(QueryShardContext context) {
            return new FieldExistsQuery(name());
        }
    }

    private static final class VectorMapper extends ParametrizedFieldMapper {
        private final int dimension;
        private final Map<String, Object> method;
        private final String dataType;

        private VectorMapper(
                String name,
                MappedFieldType type,
                MultiFields multiFields,
                CopyTo copyTo,
                int dimension,
                Map<String, Object> method,
                String dataType) {
            super(name, type, multiFields, copyTo);
            this.dimension = dimension;
            this.method = method;
            this.dataType = dataType;
        }

        @Override
        protected void parseCreateField(ParseContext context) throws IOException {
            XContentParser parser = context.parser();
            if (parser.currentToken() == XContentParser.Token.VALUE_NULL) {
                return;
            }
            List<?> values = parser.list();
            if (values.size() != dimension) {
                throw new IllegalArgumentException(
                        "vector of [" + values.size() + "] numbers, the mapping says [" + dimension + "]");
            }
            float[] vector = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                vector[i] = ((Number) values.get(i)).floatValue();
            }
            // Euclidean, as Lucene refuses vectors of another length than one for the dot product.
            context.doc().add(new KnnFloatVectorField(name(), vector, VectorSimilarityFunction.EUCLIDEAN));
        }

        @Override
        public boolean parsesArrayValue() {
            return true;
        }

        @Override
        public ParametrizedFieldMapper.Builder getMergeBuilder() {
            return new VectorBuilder(simpleName()).init(this);
        }

        @Override
        protected String contentType() {
            return TYPE;
        }
    }
}
