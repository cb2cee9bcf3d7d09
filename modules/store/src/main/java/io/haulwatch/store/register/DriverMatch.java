package io.haulwatch.store.register;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which driver a line of a table means. The licence decides; without it the name within the company does, as long as nobody else can be
 * meant.
 */
final class DriverMatch {
    private static final int NOBODY_SURE = -1;

    private final KnownRegister known;
    private final Map<String, List<KnownRegister.Driver>> byName = new HashMap<>();
    private final Map<String, Integer> byLicence = new HashMap<>();
    private final Map<String, Set<Integer>> everywhere = new HashMap<>();

    DriverMatch(KnownRegister known) {
        this.known = known;
        known.drivers.values().forEach(driver -> {
            byName.computeIfAbsent(nameKey(companyOf(driver.id()), driver.name()), key -> new ArrayList<>())
                    .add(driver);
            note(driver.id(), driver.name(), driver.licenceNo());
        });
    }

    private static String nameKey(int company, String name) {
        return company + "|" + name;
    }

    int companyOf(int driver) {
        return known.companyOfDriver.getOrDefault(driver, 0);
    }

    /** A driver of the register or of the file, to whom papers may refer. */
    void note(int driver, String name, @Nullable String licence) {
        everywhere.computeIfAbsent(name, key -> new HashSet<>()).add(driver);
        if (licence != null) {
            byLicence.merge(licence, driver, (a, b) -> a.equals(b) ? a : NOBODY_SURE);
        }
    }

    /** The driver of the register whom a line speaks of, or null. */
    KnownRegister.@Nullable Driver find(int company, RegisterDocument.Driver said) {
        KnownRegister.Driver licensed = said.licenceNo() == null
                ? null
                : known.drivers.get(KnownRegister.driverKey(company, said.name(), null, said.licenceNo()));
        if (licensed != null) {
            return licensed;
        }
        List<KnownRegister.Driver> possible = possible(company, said);
        return possible.size() == 1 ? possible.getFirst() : null;
    }

    /** Whether the line has too little to tell two drivers of one name apart. */
    boolean isUnclear(int company, RegisterDocument.Driver said) {
        if (find(company, said) != null) {
            return false;
        }
        int namesakes =
                byName.getOrDefault(nameKey(company, said.name()), List.of()).size();
        return said.licenceNo() == null
                ? namesakes > 0
                : possible(company, said).size() > 1;
    }

    private List<KnownRegister.Driver> possible(int company, RegisterDocument.Driver said) {
        return byName.getOrDefault(nameKey(company, said.name()), List.of()).stream()
                .filter(each -> said.licenceNo() == null || each.licenceNo() == null)
                .filter(each ->
                        said.phone() == null || each.phone() == null || Objects.equals(said.phone(), each.phone()))
                .toList();
    }

    /** Whom a paper's line names by licence or name, or null after writing down a fault. */
    @Nullable
    Integer owner(String path, String said, Set<String> refused, Faults faults) {
        return named(path, "owner", said, refused, faults);
    }

    /** Whom a column names by licence or name, or null after writing down a fault. */
    @Nullable
    Integer named(String path, String column, String said, Set<String> refused, Faults faults) {
        Integer licensed = byLicence.get(said);
        Set<Integer> named = everywhere.getOrDefault(said, Set.of());
        if (licensed != null && licensed != NOBODY_SURE) {
            return licensed;
        }
        if (licensed == null && named.size() == 1) {
            return named.iterator().next();
        }
        boolean unclear = licensed != null || named.size() > 1;
        faults.add(
                path,
                column,
                said,
                unclear
                        ? ImportRule.AMBIGUOUS_DRIVER
                        : refused.contains(said) ? ImportRule.REFERS_TO_REFUSED : ImportRule.NO_DRIVER);
        return null;
    }
}
