package io.haulwatch.jt808.decode;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.Bcd;
import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.message.AdditionalItems;
import io.haulwatch.jt808.message.Authentication;
import io.haulwatch.jt808.message.LocationBatchView;
import io.haulwatch.jt808.message.LocationReport;
import io.haulwatch.jt808.message.LocationView;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.Registration;
import io.haulwatch.jt808.message.Tree;
import io.haulwatch.model.report.PositionRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a frame as an ordered tree; a body that is not interpreted keeps its raw bytes. */
final class BodyDescription {
    private static final int TIME = 22;

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final int messageId;
    private final Edition edition;
    private final List<String> notes;

    private BodyDescription(FrameView frame, List<String> notes) {
        this.bytes = frame.bytes();
        this.offset = frame.bodyOffset();
        this.length = frame.bodyLength();
        this.messageId = frame.messageId();
        this.edition = MessageReader.edition(frame.is2019(), messageId, bytes, offset, length);
        this.notes = notes;
    }

    /** The tree of the body; null if the body is too short for its message. What is odd is added to {@code notes}. */
    static @Nullable Map<String, @Nullable Object> of(FrameView frame, List<String> notes) {
        BodyDescription body = new BodyDescription(frame, notes);
        if (frame.encryption() != 0) {
            notes.add("the body is encrypted (method " + frame.encryption() + ")");
            return body.raw();
        }
        if (frame.subpackaged() && frame.packageTotal() != 1) {
            notes.add("one package of several: the body can be read only together with the others");
            return body.raw();
        }
        return switch (frame.messageId()) {
            case MessageId.LOCATION -> body.location(0);
            case MessageId.LOCATION_ANSWER, MessageId.VEHICLE_CONTROL_ANSWER -> body.locationAnswer();
            case MessageId.LOCATION_BATCH -> body.batch();
            case MessageId.HEARTBEAT,
                    MessageId.DEREGISTER,
                    MessageId.QUERY_TIME,
                    MessageId.QUERY_LOCATION,
                    MessageId.QUERY_PARAMETERS,
                    MessageId.QUERY_ATTRIBUTES,
                    MessageId.QUERY_DRIVER,
                    MessageId.LINK_CHECK -> body.empty();
            default -> body.described(frame.is2019());
        };
    }

    private @Nullable Map<String, @Nullable Object> described(boolean header2019) {
        MessageReader.Decoded decoded = MessageReader.read(edition, messageId, bytes, offset, length);
        if (decoded == null) {
            return MessageReader.knows(messageId) ? null : raw();
        }
        Edition form = switch (decoded.body()) {
            case Registration registration -> registration.edition();
            case Authentication authentication -> authentication.edition();
            default -> edition;
        };
        if (header2019 != (form == Edition.V2019)) {
            notes.add("the body has the form of " + form.year() + ", the header says otherwise");
        }
        Tree tree = new Tree(edition);
        decoded.body().describe(tree);
        if (decoded.partial()) {
            notes.add("the body ends before all that it announces; what is there is shown");
        }
        if (decoded.rest().size() > 0) {
            notes.add(decoded.rest().size() + " bytes follow what the message has: "
                    + decoded.rest().hex());
        }
        return tree.map();
    }

    private Map<String, @Nullable Object> raw() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("message", MessageId.meaning(messageId));
        tree.put("raw", Bcd.hex(bytes, offset, length));
        return tree;
    }

    private Map<String, @Nullable Object> empty() {
        if (length == 0) {
            return new LinkedHashMap<>();
        }
        notes.add("the message has no body by the standard; " + length + " bytes came");
        return raw();
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
        int base = LocationView.BASE;
        AdditionalItems items = AdditionalItems.read(view.bytes(), view.offset() + base, view.length() - base);
        Tree tree = new Tree(edition);
        LocationReport.of(view, items.items()).describe(tree);
        if (view.deviceMillis() == PositionRecord.UNREADABLE_TIME) {
            notes.add("the device time cannot be read: " + Bcd.hex(view.bytes(), view.offset() + TIME, 6));
        }
        if (view.partial()) {
            notes.add("the additional items do not end where the body ends; what could be read is shown");
        }
        if (items.unknown() > 0) {
            notes.add(items.unknown() + " additional items are not known, or not in this length; they are shown raw");
        }
        return tree.map();
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
}
