package io.haulwatch.console.training;

import io.haulwatch.console.print.Folio;
import io.haulwatch.console.print.Folio.Fact;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.console.training.CertificateRows.CertificateRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A certificate on paper, with the address at which anybody checks it. */
final class CertificatePrint {
    private final PrintWords words;
    private final CertificateRow certificate;
    private final String holder;
    private final @Nullable String identity;
    private final String company;
    private final BigDecimal hours;
    private final String address;

    /** @param address of the page that says whether it holds */
    CertificatePrint(
            PrintWords words,
            CertificateRow certificate,
            String holder,
            @Nullable String identity,
            String company,
            BigDecimal hours,
            String address) {
        this.words = words;
        this.certificate = certificate;
        this.holder = holder;
        this.identity = identity;
        this.company = company;
        this.hours = hours;
        this.address = address;
    }

    private String course() {
        String english = certificate.course().titleEn();
        return words.language().equals("en") && english != null
                ? english
                : certificate.course().title();
    }

    private static String day(String instant) {
        return TrainingDays.today(Instant.parse(instant)).toString();
    }

    Folio.Head head() {
        return new Folio.Head(
                words.text("certificate.title"),
                course(),
                certificate.number(),
                List.of(
                        words.text("card.number", "number", certificate.number()),
                        words.text("certificate.check", "address", address)));
    }

    void write(Folio folio) {
        String state = certificate.state();
        folio.told(
                state.equals("revoked")
                        ? words.text("certificate.revoked", "day", day(String.valueOf(certificate.revokedAt())))
                        : words.text("certificate.passed", "name", holder, "course", course()));
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(words.text("certificate.holder"), holder));
        if (identity != null) {
            facts.add(new Fact(words.text("certificate.identity"), identity));
        }
        facts.add(new Fact(words.text("certificate.company"), company));
        facts.add(new Fact(words.text("certificate.course"), course()));
        facts.add(new Fact(words.text("certificate.hours"), hours.toPlainString()));
        facts.add(new Fact(words.text("certificate.score"), certificate.score().toPlainString()));
        facts.add(new Fact(words.text("certificate.issued"), day(certificate.issuedAt())));
        facts.add(new Fact(words.text("certificate.expires"), certificate.expiresOn()));
        folio.facts(facts);
        folio.remark(words.text("certificate.note", "address", address));
    }
}
