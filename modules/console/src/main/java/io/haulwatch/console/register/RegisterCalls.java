package io.haulwatch.console.register;

import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.store.register.ImportWords;
import io.haulwatch.store.register.LineReport;
import io.haulwatch.store.register.TableFiles;
import io.haulwatch.store.scope.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What calls about the register have in common, by tables and line by line. */
public final class RegisterCalls {
    private static final List<String> LANGUAGES = List.of("zh-CN", "en");

    private RegisterCalls() {}

    /** @throws Refusal unless the caller sees every company: what the register holds may speak of each of them */
    public static void needAll(Call call) {
        if (!call.scope().equals(Scope.ALL)) {
            throw Refusal.notAllowed(
                    "The register speaks of every company: an import or a change needs a scope of all companies.");
        }
    }

    /** The words of the language that is asked for, or of the caller's own. */
    public static ImportWords words(Call call) {
        String language = call.word("language", LANGUAGES);
        return ImportWords.of(language == null ? call.user().locale() : language);
    }

    /** A field that gets another value, in words. */
    public record ChangeView(
            String column,
            @Nullable String before,
            @Nullable String after) {
        /** @param line that the change belongs to */
        public static ChangeView of(ImportWords words, LineReport line, LineReport.Change change) {
            return new ChangeView(
                    TableFiles.fieldName(words, line, change.field()),
                    TableFiles.shown(words, change.field(), change.before()),
                    TableFiles.shown(words, change.field(), change.after()));
        }
    }
}
