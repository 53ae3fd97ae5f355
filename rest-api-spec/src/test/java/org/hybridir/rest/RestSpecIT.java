package org.hybridir.rest;

import com.carrotsearch.randomizedtesting.annotations.ParametersFactory;
import com.carrotsearch.randomizedtesting.annotations.TimeoutSuite;
import org.apache.lucene.tests.util.TimeUnits;
import org.hybridir.trainer.node.LocalNode;
import org.opensearch.test.rest.yaml.ClientYamlTestCandidate;
import org.opensearch.test.rest.yaml.OpenSearchClientYamlSuiteTestCase;

/** The YAML tests of {@code test/hybrid_ir}, against a real node. */
@TimeoutSuite(millis = 20 * TimeUnits.MINUTE)
public class RestSpecIT extends OpenSearchClientYamlSuiteTestCase {
    static {
        // The framework reads these when its own classes are initialised, before any method of a test.
        LocalNode node = RealNodes.shared();
        System.setProperty("tests.rest.cluster", node.url().getAuthority());
        System.setProperty("tests.cluster", "127.0.0.1:" + node.settings().transportPort());
        System.setProperty("tests.clustername", node.settings().cluster());
    }

    public RestSpecIT(ClientYamlTestCandidate candidate) {
        super(candidate);
    }

    @ParametersFactory
    public static Iterable<Object[]> parameters() throws Exception {
        return createParameters();
    }
}
