package org.hybridir.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * A command's options in a file, YAML or JSON (which is YAML): each option's longest name without its dashes. What the
 * command line gives goes first; a key that is no option is an error.
 */
final class ConfigFile {
    /** Options that a file cannot give. */
    private static final Set<String> NO_KEYS = Set.of("config", "resume", "help", "version", "stacktrace");

    private static final ObjectMapper YAML = new YAMLMapper();

    private ConfigFile() {}

    /**
     * Gives the file's values to options that the command line left out, and parses again; then all that the command needs
     * must be there.
     *
     * @param file may be null
     * @param needed options that must have a value, from the command line or the file
     */
    static void apply(Path file, CommandSpec spec, String... needed) throws IOException {
        if (file != null) {
            parseWith(file, spec);
        }
        for (String name : needed) {
            if (spec.findOption(name).getValue() == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "the option [" + name + "] is missing, on the command line and in --config");
            }
        }
    }

    private static void parseWith(Path file, CommandSpec spec) throws IOException {
        ParseResult given = spec.commandLine().getParseResult();
        // they begin with the name of this command, and what stood before it
        List<String> all = given.originalArgs();
        List<String> arguments = new ArrayList<>(all.subList(all.indexOf(spec.name()) + 1, all.size()));
        for (Map.Entry<String, JsonNode> entry : read(file, spec).properties()) {
            OptionSpec option = spec.findOption("--" + entry.getKey());
            if (option == null || NO_KEYS.contains(entry.getKey())) {
                throw new ParameterException(
                        spec.commandLine(),
                        "[" + file + "] has the unknown key [" + entry.getKey() + "], known ones " + keys(spec));
            }
            if (!given.hasMatchedOption(option)) {
                add(arguments, option, entry.getValue());
            }
        }
        spec.commandLine().parseArgs(arguments.toArray(new String[0]));
    }

    private static JsonNode read(Path file, CommandSpec spec) throws IOException {
        try {
            JsonNode root = YAML.readTree(Files.readString(file));
            if (root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw new ParameterException(
                    spec.commandLine(), "[" + file + "] is neither YAML nor JSON: " + e.getOriginalMessage(), e);
        }
        throw new ParameterException(spec.commandLine(), "[" + file + "] must hold options as [name: value]");
    }

    private static List<String> keys(CommandSpec spec) {
        return spec.options().stream()
                .map(ConfigFile::key)
                .filter(key -> !NO_KEYS.contains(key))
                .sorted()
                .toList();
    }

    private static String key(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    private static void add(List<String> arguments, OptionSpec option, JsonNode value) {
        if (option.arity().max() == 0) {
            if (value.asBoolean()) {
                arguments.add(option.longestName());
            }
            return;
        }
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            arguments.add(option.longestName() + "=" + one.asText());
        }
    }

    /** Writes all options that have a value, given or not, so that the file and another output repeat the run. */
    static void save(CommandSpec spec, Path file) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (OptionSpec option : spec.options()) {
            Object value = option.getValue();
            if (value instanceof Optional<?> optional) {
                value = optional.orElse(null);
            }
            // another run has an output of its own
            boolean saved = !NO_KEYS.contains(key(option)) && !key(option).equals("output");
            if (value != null && saved && !(value instanceof Collection<?> all && all.isEmpty())) {
                values.put(key(option), value instanceof Path path ? path.toString() : value);
            }
        }
        Files.writeString(file, YAML.writeValueAsString(values));
    }
}
