package io.haulwatch.console.session;

import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.store.scope.Scope;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which companies an account is for, as the database keeps it: {@code all}, {@code company:1,3} (a list, mostly of one) or
 * {@code region:50,5101} (what is registered there, now and later). A text that cannot be read reaches nothing.
 */
public sealed interface Reach {
    /** Companies or regions of one account. */
    int MOST = 200;

    Pattern TEXT = Pattern.compile("all|company:[0-9]{1,9}(,[0-9]{1,9})*"
            + "|region:([0-9]{2}|[0-9]{4}|[0-9]{6})(,([0-9]{2}|[0-9]{4}|[0-9]{6}))*");

    /** The text of the database. */
    String text();

    /** The companies that lie within it now. */
    Scope scope(FleetBook book);

    /** Reads the text; empty if it breaks the rule. */
    static Optional<Reach> of(String text) {
        if (text.length() > MOST * 10 + 8 || !TEXT.matcher(text).matches()) {
            return Optional.empty();
        }
        if (text.equals("all")) {
            return Optional.of(new All());
        }
        int colon = text.indexOf(':');
        SortedSet<Integer> numbers = new TreeSet<>();
        Set<String> words = new LinkedHashSet<>();
        for (String each : text.substring(colon + 1).split(",", -1)) {
            numbers.add(Integer.parseInt(each));
            words.add(each);
        }
        if (words.size() > MOST) {
            return Optional.empty();
        }
        return Optional.of(text.startsWith("company") ? new Companies(numbers) : new Regions(new TreeSet<>(words)));
    }

    /** Everybody. */
    record All() implements Reach {
        @Override
        public String text() {
            return "all";
        }

        @Override
        public Scope scope(FleetBook book) {
            return Scope.ALL;
        }
    }

    /** A list of companies. */
    record Companies(SortedSet<Integer> ids) implements Reach {
        @Override
        public String text() {
            return ids.stream().map(String::valueOf).collect(Collectors.joining(",", "company:", ""));
        }

        @Override
        public Scope scope(FleetBook book) {
            return new Scope.Companies(ids);
        }
    }

    /** What is registered in these regions, each 2, 4 or 6 digits of GB/T 2260. */
    record Regions(SortedSet<String> codes) implements Reach {
        @Override
        public String text() {
            return "region:" + String.join(",", codes);
        }

        @Override
        public Scope scope(FleetBook book) {
            Set<Integer> ids = new LinkedHashSet<>();
            codes.forEach(code -> ids.addAll(book.companiesInRegion(code)));
            return new Scope.Companies(ids);
        }
    }
}
