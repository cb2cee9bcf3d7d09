package io.haulwatch.jt808.control;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Phone book (设置电话本, 0x8401).
 *
 * @param action 0 delete all, 1 replace, 2 add, 3 change by name
 * @param contacts at most 255
 */
public record PhoneBook(int action, List<Contact> contacts) implements MessageBody {
    /** Copies the contacts. */
    public PhoneBook {
        contacts = List.copyOf(contacts);
    }

    /**
     * One contact.
     *
     * @param direction 1 calls in, 2 calls out, 3 both
     * @param number phone
     * @param name who
     */
    public record Contact(int direction, String number, String name) {
        private static @Nullable Contact read(BodyReader in) {
            return in.has(3) ? new Contact(in.u8(), in.shortText(), in.shortText()) : null;
        }

        private void describe(Tree tree) {
            tree.code("direction", direction, null, "in", "out", "both")
                    .put("number", number)
                    .put("name", name);
        }
    }

    /** Reads a body; null if it is empty. With action 0 the count may be missing. */
    public static @Nullable PhoneBook read(BodyReader in) {
        if (!in.has(1)) {
            return null;
        }
        int action = in.u8();
        boolean alone = action == 0 && in.left() == 0;
        return new PhoneBook(action, alone ? List.of() : in.list(in.u8(), Contact::read));
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU8(Range.u8("action", action)).putU8(Range.u8("contacts", contacts.size()));
        for (Contact contact : contacts) {
            writer.putU8(Range.u8("direction", contact.direction))
                    .putShortText(contact.number)
                    .putShortText(contact.name);
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.code("action", action, "delete_all", "replace", "add", "change")
                .list("contacts", contacts, Contact::describe);
    }
}
