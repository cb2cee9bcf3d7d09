package io.haulwatch.jt808.decode;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.Bcd;
import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.message.AdditionalItems;
import io.haulwatch.jt808.message.AlarmFlag;
import io.haulwatch.jt808.message.Authentication;
import io.haulwatch.jt808.message.DriverIdentity;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.LocationBatchView;
import io.haulwatch.jt808.message.LocationView;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.Registration;
import io.haulwatch.jt808.message.RegistrationAnswer;
import io.haulwatch.jt808.message.ResendRequest;
import io.haulwatch.jt808.message.StatusFlag;
import io.haulwatch.jt808.message.TextMessage;
import io.haulwatch.model.report.PositionRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a frame as an ordered tree; a body that is not interpreted keeps its raw bytes. */
final class BodyDescription {
    private static final DateTimeFormatter GMT8 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.ofHours(8));
    private static final int TIME = 22;
    private static final int MEDIA_HEAD = 8;

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final boolean is2019;
    private final List<String> notes;

    private BodyDescription(FrameView frame, List<String> notes) {
        this.bytes = frame.bytes();
        this.offset = frame.bodyOffset();
        this.length = frame.bodyLength();
        this.is2019 = frame.is2019();
        this.notes = notes;
    }

    /** The tree of the body; null if the body is too short for its message. What is odd is added to {@code notes}. */
    static @Nullable Map<String, @Nullable Object> of(FrameView frame, List<String> notes) {
        BodyDescription body = new BodyDescription(frame, notes);
        if (frame.encryption() != 0) {
            notes.add("the body is encrypted (method " + frame.encryption() + ")");
            return body.raw(frame.messageId());
        }
        if (frame.subpackaged() && frame.packageTotal() != 1) {
            notes.add("one package of several: the body can be read only together with the others");
            return body.raw(frame.messageId());
        }
        return switch (frame.messageId()) {
            case MessageId.LOCATION -> body.location(0);
            case MessageId.LOCATION_ANSWER, MessageId.VEHICLE_CONTROL_ANSWER -> body.locationAnswer();
            case MessageId.LOCATION_BATCH -> body.batch();
            case MessageId.REGISTER -> body.registration();
            case MessageId.REGISTER_ANSWER -> body.registrationAnswer();
            case MessageId.AUTHENTICATE -> body.authentication();
            case MessageId.TERMINAL_ANSWER, MessageId.PLATFORM_ANSWER -> body.generalAnswer();
            case MessageId.RESEND_BY_PLATFORM, MessageId.RESEND_BY_TERMINAL -> body.resendRequest();
            case MessageId.TEXT -> body.text();
            case MessageId.DRIVER -> body.driver();
            case MessageId.MEDIA_DATA -> body.media();
            case MessageId.HEARTBEAT,
                    MessageId.DEREGISTER,
                    MessageId.QUERY_TIME,
                    MessageId.QUERY_LOCATION,
                    MessageId.QUERY_PARAMETERS,
                    MessageId.QUERY_ATTRIBUTES,
                    MessageId.QUERY_DRIVER,
                    MessageId.LINK_CHECK -> body.empty(frame.messageId());
            default -> body.raw(frame.messageId());
        };
    }

    private Map<String, @Nullable Object> raw(int messageId) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("message", MessageId.meaning(messageId));
        tree.put("raw", Bcd.hex(bytes, offset, length));
        return tree;
    }

    private Map<String, @Nullable Object> empty(int messageId) {
        if (length == 0) {
            return new LinkedHashMap<>();
        }
        notes.add("the message has no body by the standard; " + length + " bytes came");
        return raw(messageId);
    }

    private @Nullable Map<String, @Nullable Object> location(int skip) {
        LocationView view = new LocationView();
        return view.wrap(bytes, offset + skip, length - skip) ? location(view) : null;
    }

    private @Nullable Map<String, @Nullable Object> locationAnswer() {
        Map<String, @Nullable Object> location = location(2);
        if (location == null) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("answered_serial", BigEndian.u16(bytes, offset));
        tree.putAll(location);
        return tree;
    }

    private Map<String, @Nullable Object> location(LocationView view) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("lat", BigDecimal.valueOf(view.latitudeMicrodeg(), 6));
        tree.put("lon", BigDecimal.valueOf(view.longitudeMicrodeg(), 6));
        tree.put("altitude_m", view.altitudeMetres());
        tree.put("speed_kmh", BigDecimal.valueOf(view.speedDeciKmh(), 1));
        tree.put("heading_deg", view.headingDeg());
        tree.put("device_time", time(view.deviceMillis()));
        if (view.deviceMillis() == PositionRecord.UNREADABLE_TIME) {
            notes.add("the device time cannot be read: " + Bcd.hex(view.bytes(), view.offset() + TIME, 6));
        }
        tree.put("alarms", AlarmFlag.names(view.alarms(), Edition.ofHeader(is2019)));
        tree.put("status", StatusFlag.names(view.status()));
        int base = LocationView.BASE;
        AdditionalItems items = AdditionalItems.read(view.bytes(), view.offset() + base, view.length() - base);
        tree.put("items", items(items));
        if (view.partial()) {
            notes.add("the additional items do not end where the body ends; what could be read is shown");
        }
        if (items.unknown() > 0) {
            notes.add(items.unknown() + " additional items are not known, or not in this length; they are shown raw");
        }
        return tree;
    }

    private static List<Object> items(AdditionalItems items) {
        List<Object> list = new ArrayList<>();
        for (AdditionalItems.Item item : items.items()) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("id", String.format(Locale.ROOT, "0x%02X", item.id()));
            tree.put("name", item.name());
            if (item.value() == null) {
                tree.put("raw", item.raw());
            } else {
                tree.put("value", item.value());
            }
            list.add(tree);
        }
        return list;
    }

    private @Nullable Map<String, @Nullable Object> batch() {
        LocationBatchView batch = new LocationBatchView();
        if (!batch.wrap(bytes, offset, length)) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("count", batch.declaredCount());
        tree.put("type", batch.type() == 0 ? "normal" : batch.type() == 1 ? "blind_area" : "code_" + batch.type());
        List<Object> positions = new ArrayList<>();
        LocationView view = new LocationView();
        while (batch.next(view)) {
            positions.add(location(view));
        }
        tree.put("positions", positions);
        if (batch.crooked() || batch.rejectedItems() > 0) {
            notes.add("the batch announces " + batch.declaredCount() + " positions; " + batch.items()
                    + " could be read, " + batch.rejectedItems() + " items are too short");
        }
        return tree;
    }

    private @Nullable Map<String, @Nullable Object> registration() {
        Registration registration = Registration.read(is2019, bytes, offset, length);
        if (registration == null) {
            return null;
        }
        if (is2019 != (registration.edition() == Edition.V2019)) {
            notes.add("the body has the form of " + registration.edition().year() + ", the header says otherwise");
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("province", registration.province());
        tree.put("city", registration.city());
        tree.put("maker", registration.maker());
        tree.put("model", registration.model());
        tree.put("terminal_id", registration.terminalId());
        tree.put("plate_colour", registration.plateColour());
        tree.put(registration.plateColour() == 0 ? "vin" : "plate", registration.plate());
        return tree;
    }

    private @Nullable Map<String, @Nullable Object> registrationAnswer() {
        RegistrationAnswer answer = RegistrationAnswer.read(bytes, offset, length);
        if (answer == null) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("answered_serial", answer.serial());
        tree.put(
                "result",
                switch (answer.result()) {
                    case RegistrationAnswer.SUCCESS -> "success";
                    case RegistrationAnswer.VEHICLE_REGISTERED -> "vehicle_already_registered";
                    case RegistrationAnswer.NO_SUCH_VEHICLE -> "no_such_vehicle";
                    case RegistrationAnswer.TERMINAL_REGISTERED -> "terminal_already_registered";
                    case RegistrationAnswer.NO_SUCH_TERMINAL -> "no_such_terminal";
                    default -> "code_" + answer.result();
                });
        tree.put("code", answer.result() == RegistrationAnswer.SUCCESS ? answer.code() : null);
        return tree;
    }

    private Map<String, @Nullable Object> authentication() {
        Authentication authentication = Authentication.read(is2019, bytes, offset, length);
        if (is2019 != (authentication.edition() == Edition.V2019)) {
            notes.add("the body has the form of " + authentication.edition().year() + ", the header says otherwise");
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("code", authentication.code());
        if (authentication.edition() == Edition.V2019) {
            tree.put("imei", authentication.imei());
            tree.put("software_version", authentication.softwareVersion());
        }
        return tree;
    }

    private @Nullable Map<String, @Nullable Object> generalAnswer() {
        GeneralAnswer answer = GeneralAnswer.read(bytes, offset, length);
        if (answer == null) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("answered_serial", answer.serial());
        tree.put("answered_id", MessageId.text(answer.messageId()));
        tree.put(
                "result",
                switch (answer.result()) {
                    case GeneralAnswer.SUCCESS -> "success";
                    case GeneralAnswer.FAILURE -> "failure";
                    case GeneralAnswer.WRONG -> "message_wrong";
                    case GeneralAnswer.UNSUPPORTED -> "not_supported";
                    case GeneralAnswer.ALARM_CONFIRMED -> "alarm_confirmed";
                    default -> "code_" + answer.result();
                });
        return tree;
    }

    private @Nullable Map<String, @Nullable Object> resendRequest() {
        ResendRequest request = ResendRequest.read(is2019, bytes, offset, length);
        if (request == null) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("first_serial", request.firstSerial());
        tree.put("numbers", request.numbers());
        return tree;
    }

    private @Nullable Map<String, @Nullable Object> text() {
        TextMessage text = TextMessage.read(is2019, bytes, offset, length);
        if (text == null) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("urgent", text.urgent());
        tree.put("display", text.display());
        tree.put("speak", text.speak());
        tree.put("text", text.text());
        return tree;
    }

    private @Nullable Map<String, @Nullable Object> driver() {
        DriverIdentity driver = DriverIdentity.read(bytes, offset, length);
        if (driver == null) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put(
                "state", driver.state() == 1 ? "card_in" : driver.state() == 2 ? "card_out" : "code_" + driver.state());
        tree.put("card_time", time(driver.cardMillis()));
        if (driver.readResult() >= 0) {
            tree.put("read_result", driver.readResult());
        }
        if (driver.readResult() == 0) {
            tree.put("name", driver.name());
            tree.put("qualification", driver.qualification());
            tree.put("authority", driver.authority());
            tree.put("valid_until", driver.validUntil());
            if (driver.edition() == Edition.V2019) {
                tree.put("identity_card", driver.identityCard());
            }
        }
        return tree;
    }

    /** Since 2013 a position base stands before the picture; the shorter body of 2011 stays raw. */
    private Map<String, @Nullable Object> media() {
        LocationView view = new LocationView();
        if (length < MEDIA_HEAD + LocationView.BASE || !view.wrap(bytes, offset + MEDIA_HEAD, LocationView.BASE)) {
            return raw(MessageId.MEDIA_DATA);
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("media_id", BigEndian.u32(bytes, offset));
        tree.put("type", BigEndian.u8(bytes, offset + 4));
        tree.put("format", BigEndian.u8(bytes, offset + 5));
        tree.put("event", BigEndian.u8(bytes, offset + 6));
        tree.put("channel", BigEndian.u8(bytes, offset + 7));
        tree.put("location", location(view));
        tree.put("media_bytes", length - MEDIA_HEAD - LocationView.BASE);
        return tree;
    }

    private static @Nullable String time(long millis) {
        return millis == PositionRecord.UNREADABLE_TIME ? null : GMT8.format(Instant.ofEpochMilli(millis));
    }
}
