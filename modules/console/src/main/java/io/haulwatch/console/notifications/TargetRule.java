package io.haulwatch.console.notifications;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the server may be made to call. Whoever registers a receiver names its address, so without a rule he could reach what only this
 * machine reaches. Addresses that are not of the public network (IANA special-purpose registries, RFC 6890) are closed unless the operator
 * opened them.
 */
public final class TargetRule {
    /** The public network and nothing else. */
    public static final TargetRule PUBLIC_ONLY = new TargetRule(List.of());

    private static final List<Network> CLOSED =
            Network.list("0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 "
                    + "172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 "
                    + "224.0.0.0/4 240.0.0.0/4 ::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 "
                    + "5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8");

    private final List<Network> opened;

    private TargetRule(List<Network> opened) {
        this.opened = List.copyOf(opened);
    }

    /**
     * The public network, and networks that the operator opens.
     *
     * @param opened literal addresses or networks such as {@code 10.1.0.0/16}, with commas or spaces; empty for none
     * @throws IllegalArgumentException naming what is no network
     */
    public static TargetRule opening(String opened) {
        return new TargetRule(Network.list(opened));
    }

    /** Whether an address may be called. */
    public boolean allows(InetAddress address) {
        return isOpened(address) || CLOSED.stream().noneMatch(network -> network.holds(address));
    }

    /** Whether the operator opened it: such a place may also be called without TLS. */
    public boolean isOpened(InetAddress address) {
        return opened.stream().anyMatch(network -> network.holds(address));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TargetRule rule && rule.opened.equals(opened);
    }

    @Override
    public int hashCode() {
        return opened.hashCode();
    }

    /** What the operator opened, for the listing of the configuration. */
    @Override
    public String toString() {
        return opened.toString();
    }

    /** A range of addresses. @param bits leading bits of the address that count */
    private record Network(InetAddress first, int bits) {
        static List<Network> list(String text) {
            List<Network> found = new ArrayList<>();
            for (String each : text.split("[,\\s]+", -1)) {
                if (!each.isEmpty()) {
                    found.add(of(each));
                }
            }
            return found;
        }

        private static Network of(String text) {
            int slash = text.indexOf('/');
            try {
                InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
                int whole = first.getAddress().length * Byte.SIZE;
                int bits = slash < 0 ? whole : Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= whole) {
                    return new Network(first, bits);
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "it is a list of addresses or networks such as 10.1.0.0/16, and '" + text + "' is none", e);
            }
            throw new IllegalArgumentException("a network has as many bits as its address at most: '" + text + "'");
        }

        boolean holds(InetAddress address) {
            // What is mapped into IPv6 comes as IPv4 from the JDK already.
            if (first instanceof Inet4Address != address instanceof Inet4Address) {
                return false;
            }
            byte[] mine = first.getAddress();
            byte[] other = address.getAddress();
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if ((mine[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return first.getHostAddress() + "/" + bits;
        }
    }
}
