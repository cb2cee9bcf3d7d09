package io.haulwatch.analytics.ledger;

import io.haulwatch.model.episode.Episode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What was said about one subject, and what is asked of the trucks on its behalf. */
final class Account {
    /** Periods that began before are history: neither judged nor said again. */
    long sinceMillis = Long.MIN_VALUE;
    /** Last revision of each episode whose period is not history. */
    final Map<UUID, Episode> said = new LinkedHashMap<>();
    /** By truck, when this subject has something new if the truck goes on as it does. */
    Map<Integer, Long> wakes = new HashMap<>();
}
