package io.haulwatch.training.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of one mapping in a YAML file, asked for by name; what nobody asked for is refused at the end, so that no slip stays unseen. */
final class Fields {
    private final String where;
    private final JsonNode node;
    private final Set<String> known = new TreeSet<>();

    /** @param where file and place, for messages */
    Fields(String where, JsonNode node) {
        this.where = where;
        this.node = node;
        if (!node.isObject()) {
            throw new CourseFault(where + " must have named fields");
        }
    }

    String where() {
        return where;
    }

    private @Nullable JsonNode find(String name) {
        known.add(name);
        JsonNode found = node.get(name);
        return found == null || found.isNull() ? null : found;
    }

    private JsonNode need(String name) {
        JsonNode found = find(name);
        if (found == null) {
            throw new CourseFault(where + " lacks " + name);
        }
        return found;
    }

    String text(String name) {
        return textOf(name, need(name));
    }

    @Nullable
    String textOrNull(String name) {
        JsonNode found = find(name);
        return found == null ? null : textOf(name, found);
    }

    private String textOf(String name, JsonNode found) {
        if (!found.isTextual()) {
            throw new CourseFault(where + ": " + name + " must be text; put it in quotes: " + name + "=" + found);
        }
        return found.textValue().strip();
    }

    int wholeNumber(String name) {
        JsonNode found = need(name);
        if (!found.isInt()) {
            throw new CourseFault(where + ": " + name + " must be a whole number: " + name + "=" + found);
        }
        return found.intValue();
    }

    boolean yes(String name) {
        JsonNode found = find(name);
        if (found != null && !found.isBoolean()) {
            throw new CourseFault(where + ": " + name + " must be true or false: " + name + "=" + found);
        }
        return found != null && found.booleanValue();
    }

    Words words(String name) {
        return wordsOf(name, need(name));
    }

    @Nullable
    Words wordsOrNull(String name) {
        JsonNode found = find(name);
        return found == null ? null : wordsOf(name, found);
    }

    private Words wordsOf(String name, JsonNode found) {
        Fields languages = new Fields(where + ", " + name, found);
        Words words = new Words(languages.text("zh-CN"), languages.textOrNull("en"));
        languages.refuseUnknown();
        return words;
    }

    List<Fields> list(String name) {
        return each(where + ", " + name, need(name));
    }

    /** The mappings of a list, each with its number from 1 in messages. */
    static List<Fields> each(String where, JsonNode list) {
        if (!list.isArray()) {
            throw new CourseFault(where + " must be a list");
        }
        List<Fields> entries = new ArrayList<>();
        for (JsonNode entry : list) {
            entries.add(new Fields(where + " " + (entries.size() + 1), entry));
        }
        return entries;
    }

    void refuseUnknown() {
        for (var field : node.properties()) {
            if (!known.contains(field.getKey())) {
                throw new CourseFault(where + ": unknown field " + field.getKey() + "; known are " + known);
            }
        }
    }
}
