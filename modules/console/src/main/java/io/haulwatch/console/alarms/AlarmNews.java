package io.haulwatch.console.alarms;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did about an alarm, for all who see it.
 *
 * @param handling the word that it has now
 * @param action the row of it; null if a claim was only renewed
 * @param desk how it stands on the desk, null if that is not told
 */
public record AlarmNews(
        UUID id,
        int companyId,
        String handling,
        AlarmQueries.@Nullable Action action,
        @Nullable Object desk) {}
