package io.haulwatch.analytics.ledger;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeId;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.rules.driver.Card;
import io.haulwatch.rules.driver.DriverRegister;
import io.haulwatch.rules.driver.Duty;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Another driver's card while the truck moves (行驶中换卡): the driver stays, and somebody has to look who drives. An instant, so it is closed when
 * it is told. Source: {@code docs/rules/driver-cards.md}.
 */
final class CardChangeRule {
    private static final String VERSION = "cn-2026.1";
    private static final String AT_ONCE = "instant";

    private CardChangeRule() {}

    static Episode episode(int vehicleId, Duty.Refused refused) {
        Card card = refused.card();
        Subject subject = new Subject.OfVehicle(vehicleId);
        Map<String, String> facts = new HashMap<>();
        facts.put("identity_check", "true");
        facts.put("kept_driver", "driver:" + refused.keptDriverId());
        facts.put(
                "card_driver",
                refused.driverId() == DriverRegister.NOBODY ? "unknown" : "driver:" + refused.driverId());
        if (!card.numberEnd().isEmpty()) {
            facts.put("card_number_end", card.numberEnd());
        }
        return new Episode(
                EpisodeId.of(subject, Rule.CARD_CHANGE_MOVING, card.millis()),
                1,
                EpisodeState.CLOSED,
                Rule.CARD_CHANGE_MOVING,
                VERSION,
                subject,
                vehicleId,
                refused.keptDriverId(),
                card.millis(),
                card.millis(),
                Severity.MAJOR,
                Evidence.LIVE,
                AT_ONCE,
                card.speedDeciKmh() == Card.UNKNOWN_SPEED
                        ? Map.of()
                        : Map.of("speed_decikmh", (long) card.speedDeciKmh()),
                facts,
                List.of());
    }
}
