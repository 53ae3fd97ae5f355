package org.hybridir.rest;

import com.carrotsearch.randomizedtesting.annotations.Name;
import com.carrotsearch.randomizedtesting.annotations.ParametersFactory;
import org.hybridir.trainer.node.LocalNode;
import org.opensearch.test.rest.yaml.ClientYamlTestCandidate;
import org.opensearch.test.rest.yaml.OpenSearchClientYamlSuiteTestCase;

/** Runs every YAML test of {@code rest-api-spec/test} against a real node. */
public class RestSpecIT extends OpenSearchClientYamlSuiteTestCase {
    static {
        // the base class reads them when it is set up
        LocalNode node = RealNode.shared();
        System.setProperty("tests.rest.cluster", node.url().getAuthority());
        System.setProperty("tests.cluster", node.url().getAuthority());
        System.setProperty("tests.clustername", node.settings().cluster());
    }

    public RestSpecIT(@Name("yaml") ClientYamlTestCandidate candidate) {
        super(candidate);
    }

    @ParametersFactory
    public static Iterable<Object[]> parameters() throws Exception {
        return createParameters();
    }
}
