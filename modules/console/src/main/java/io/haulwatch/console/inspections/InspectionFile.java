package io.haulwatch.console.inspections;

import io.haulwatch.console.inspections.InspectionBook.PlanRow;
import io.haulwatch.console.inspections.InspectionBook.TruckRow;
import io.haulwatch.store.register.TableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A plan with its trucks as a file for spreadsheets, in the words of a language. */
final class InspectionFile {
    private final Properties words = new Properties();

    InspectionFile(String language) {
        String name = "words." + (language.equals("en") ? "en" : "zh-CN") + ".properties";
        try (InputStream in = Objects.requireNonNull(InspectionFile.class.getResourceAsStream(name), name)) {
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("our own words can be read", e);
        }
    }

    byte[] workbook(PlanRow plan, List<TruckRow> trucks) {
        return TableFiles.workbook(word("title"), rows(plan, trucks));
    }

    byte[] csv(PlanRow plan, List<TruckRow> trucks) {
        return TableFiles.csv(rows(plan, trucks));
    }

    /** One line a truck; what the plan says stands in each, so that lines can be sorted and cut out and still say where they are from. */
    private List<List<String>> rows(PlanRow plan, List<TruckRow> trucks) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                word("lot"),
                word("plate"),
                word("company"),
                word("result"),
                word("note"),
                word("told_by"),
                word("told_at"),
                word("plan"),
                word("trucks"),
                word("sample"),
                word("tolerable"),
                word("confidence"),
                word("seed"),
                word("vehicle")));
        for (TruckRow truck : trucks) {
            String result = truck.result();
            rows.add(List.of(
                    Integer.toString(truck.lot()),
                    truck.plate(),
                    truck.companyName(),
                    result == null ? "" : word(result),
                    text(truck.note()),
                    text(truck.toldBy()),
                    text(truck.toldAt()),
                    plan.id() + " " + plan.title(),
                    Integer.toString(plan.trucks()),
                    Integer.toString(plan.sampleSize()),
                    Double.toString(plan.tolerable()),
                    Double.toString(plan.confidence()),
                    plan.seed(),
                    Integer.toString(truck.vehicleId())));
        }
        return rows;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private String word(String key) {
        return Objects.requireNonNull(words.getProperty(key), key);
    }
}
