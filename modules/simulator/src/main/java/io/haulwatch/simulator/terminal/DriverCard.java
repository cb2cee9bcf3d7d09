package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.DriverIdentity;
import io.haulwatch.simulator.register.RegisterFile;

/** The card of a truck's assigned driver, told by a third of the trucks whenever they have signed on and caught up. */
final class DriverCard {
    /** One truck in so many has a card reader. */
    private static final int READERS = 3;

    private DriverCard() {}

    static boolean hasReader(Identity identity) {
        return identity.truck() % READERS == 0;
    }

    /** Writes the body of a 0x0702 in the terminal's edition. */
    static FrameWriter put(Identity identity, long millis, FrameWriter frame) {
        return new DriverIdentity(
                        identity.edition(),
                        DriverIdentity.CARD_IN,
                        millis,
                        DriverIdentity.READ,
                        "",
                        RegisterFile.qualificationNumber(identity, 0),
                        "",
                        "20301231",
                        "")
                .put(identity.edition(), frame);
    }
}
