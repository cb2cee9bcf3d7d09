package io.haulwatch.jt808.safety;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file's name says: {@code 02_65_6501_0_<alarm number>.mp4}.
 *
 * @param type 0 picture, 1 audio, 2 video, 3 text, 4 other
 * @param channel 64 ADAS, 65 DSM, 0 none, else a video channel
 * @param alarmType item id and type of the alarm as four hex digits, "6501"
 * @param number from 0 among the files of this type
 * @param alarmNumber our number for the alarm
 * @param extension "jpg", "mp4" …
 */
public record AttachmentName(
        int type, int channel, String alarmType, int number, String alarmNumber, String extension) {
    private static final Pattern FORM =
            Pattern.compile("([0-9]{2})_([0-9]{1,3})_([0-9A-Fa-f]{4})_([0-9]{1,4})_([^./_]+)[.]([0-9A-Za-z]{1,8})");

    /** Reads a name; null if it has another form. Nothing in a name that was read can lead out of a folder. */
    public static @Nullable AttachmentName read(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        return new AttachmentName(
                Integer.parseInt(group(matcher, 1)),
                Integer.parseInt(group(matcher, 2)),
                group(matcher, 3),
                Integer.parseInt(group(matcher, 4)),
                group(matcher, 5),
                group(matcher, 6));
    }

    /** The name. */
    public String text() {
        return String.format(
                Locale.ROOT, "%02d_%d_%s_%d_%s.%s", type, channel, alarmType, number, alarmNumber, extension);
    }

    private static String group(Matcher matcher, int group) {
        return Objects.requireNonNull(matcher.group(group));
    }
}
