package io.haulwatch.model.paper;

import io.haulwatch.model.register.VehicleClass;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a paper allows: of a driving licence (驾驶证) its classes (准驾车型), of a qualification (从业资格证) the sort of goods. The other kinds say nothing of it.
 * Source: 机动车驾驶证申领和使用规定, appendix 1.
 */
public final class PaperCategory {
    private static final Pattern CLASS = Pattern.compile("A[123]|B[12]|C[1-6]|[DEFMNP]");
    private static final Pattern BETWEEN = Pattern.compile("[\\s,，、/;；+]+");
    private static final Set<String> GOODS = Set.of(VehicleClass.GENERAL.name(), VehicleClass.DANGEROUS_GOODS.name());

    private PaperCategory() {}

    /**
     * As it is kept: classes in their order without anything between them, such as A2D; GENERAL or DANGEROUS_GOODS.
     *
     * @param text as somebody wrote it; empty if he did not say
     * @return empty if no paper of that kind can say so
     */
    public static Optional<String> of(String kind, String text) {
        String plain = BETWEEN.matcher(text.toUpperCase(Locale.ROOT)).replaceAll("");
        if (plain.isEmpty()) {
            return Optional.of("");
        }
        if (kind.equals(PaperKind.DRV_LICENCE.code())) {
            return classes(plain);
        }
        return kind.equals(PaperKind.DRV_QUALIFICATION.code()) && GOODS.contains(plain)
                ? Optional.of(plain)
                : Optional.empty();
    }

    private static Optional<String> classes(String plain) {
        Set<String> classes = new LinkedHashSet<>();
        Matcher each = CLASS.matcher(plain);
        int at = 0;
        while (at < plain.length() && each.find(at) && each.start() == at) {
            classes.add(each.group());
            at = each.end();
        }
        return at == plain.length() ? Optional.of(String.join("", classes)) : Optional.empty();
    }
}
