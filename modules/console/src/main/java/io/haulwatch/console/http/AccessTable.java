package io.haulwatch.console.http;

import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Role;
import io.haulwatch.console.session.TokenScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The one table of which role may call which route, as {@code access.txt} has it for people to read: the gate asks nobody else. The console does not
 * start with a route that the table does not know.
 */
public final class AccessTable {
    private static final String FILE = "/io/haulwatch/console/access.txt";
    private static final int COLUMNS_BEFORE_ROLES = 4;
    private static final String NO_TOKEN = "-";

    private final Map<String, Line> lines;

    private record Line(Right right, Set<TokenScope> tokenScopes, Set<Role> roles) {}

    private AccessTable(Map<String, Line> lines) {
        this.lines = lines;
    }

    /** The product's own table. */
    public static AccessTable ofTheConsole() {
        try (InputStream in = AccessTable.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the table of access is part of the product: file=" + FILE);
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException if a line is none */
    static AccessTable read(String text) {
        List<List<String>> rows = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> Arrays.asList(line.strip().split("\\s+")))
                .toList();
        List<String> titles = rows.isEmpty() ? List.of() : rows.getFirst();
        Map<Role, Integer> columns = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            int column = titles.indexOf(role.word());
            if (column < COLUMNS_BEFORE_ROLES) {
                throw new IllegalStateException("the table of access has no column for a role: role=" + role.word());
            }
            columns.put(role, column);
        }
        Map<String, Line> lines = new TreeMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.size() != titles.size()) {
                throw new IllegalStateException("a line of the table of access has another number of columns: " + row);
            }
            Set<Role> roles = EnumSet.noneOf(Role.class);
            columns.forEach((role, column) -> {
                switch (row.get(column)) {
                    case "x" -> roles.add(role);
                    case "." -> {}
                    default -> throw new IllegalStateException("a role may (x) or may not (.): " + row);
                }
            });
            if (lines.put(row.get(0) + " " + row.get(1), new Line(Right.valueOf(row.get(2)), scopes(row), roles))
                    != null) {
                throw new IllegalStateException("the table of access has two lines for one route: " + row);
            }
        }
        return new AccessTable(lines);
    }

    private static Set<TokenScope> scopes(List<String> row) {
        if (row.get(3).equals(NO_TOKEN)) {
            return Set.of();
        }
        Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
        for (String word : row.get(3).split(",", -1)) {
            scopes.add(TokenScope.of(word)
                    .orElseThrow(
                            () -> new IllegalStateException("the table of access names no scope of tokens: " + row)));
        }
        if (!row.get(0).equals("GET")) {
            throw new IllegalStateException("a token only reads: " + row);
        }
        return scopes;
    }

    /** The scopes each of which lets a token call a route; empty if none may. @param route method and path */
    public Set<TokenScope> tokenScopes(String route) {
        Line line = lines.get(route);
        return line == null ? Set.of() : line.tokenScopes;
    }

    /** Whether a role may call a route. @param route method and path */
    public boolean allows(String route, Role role) {
        Line line = lines.get(route);
        return line != null && line.roles.contains(role);
    }

    /** The right that a route needs. @param route one that has a line */
    Right right(String route) {
        Line line = lines.get(route);
        if (line == null) {
            throw new IllegalArgumentException("the table of access does not know the route: route=" + route);
        }
        return line.right;
    }

    /**
     * Holds the table to the routes that are mounted.
     *
     * @param sockets methods and paths of WebSockets, which {@link Right#WATCH} opens
     * @throws IllegalStateException naming every route and line that do not meet
     */
    public void check(List<Route> routes, List<String> sockets) {
        List<String> faults = new ArrayList<>();
        Set<String> unmet = new TreeSet<>(lines.keySet());
        for (Route route : routes) {
            unmet.remove(route.name());
            check(route.name(), route.right(), faults);
        }
        for (String socket : sockets) {
            unmet.remove(socket);
            check(socket, Right.WATCH, faults);
        }
        unmet.forEach(line -> faults.add(line + " has a line and is no route"));
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "the table of access and the routes do not meet: " + String.join("; ", faults));
        }
    }

    private void check(String name, Right right, List<String> faults) {
        Line line = lines.get(name);
        if (line == null) {
            faults.add(name + " has no line");
        } else if (line.right != right) {
            faults.add(name + " needs " + right + ", its line says " + line.right);
        } else {
            for (Role role : Role.values()) {
                if (line.roles.contains(role) != right.heldBy(role)) {
                    faults.add(name + ": " + role.name().toLowerCase(Locale.ROOT) + " "
                            + (right.heldBy(role) ? "holds " : "does not hold ") + right);
                }
            }
        }
    }
}
