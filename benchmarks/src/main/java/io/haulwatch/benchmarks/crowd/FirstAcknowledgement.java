package io.haulwatch.benchmarks.crowd;

import io.haulwatch.jt808.frame.FrameEscaping;
import io.haulwatch.jt808.frame.FrameWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a terminal waits for the first acknowledgement of a position when the service is started: from the start of its process, which this
 * program starts, to the answer. Between two starts the service is ended in order or killed.
 *
 * <p>{@code FirstAcknowledgement PORT ROUNDS stop|kill OUTPUT-FILE COMMAND…}; the service has to enrol unknown terminals.
 */
public final class FirstAcknowledgement {
    private static final HexFormat HEX = HexFormat.of();
    private static final String PHONE = "013912345678";
    /** Body of a registration (0x0100) of 2013: province 44, city 300, maker 70111, model JB-GW01, terminal A00123Z, yellow plate in GBK. */
    private static final byte[] REGISTRATION = HEX.parseHex(
            "002c012c3730313131" + "4a422d47573031" + "00".repeat(13) + "4130303132335a" + "02" + "d4c1423132333435");

    private static final DateTimeFormatter DEVICE_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.ofHours(8));
    private static final long TRY_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private FirstAcknowledgement() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        boolean kill = arguments[2].equals("kill");
        Path output = Path.of(arguments[3]);
        List<String> command = List.of(arguments).subList(4, arguments.length);
        double[] seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long began = System.nanoTime();
            Process service = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            try {
                await(port, service, began);
                seconds[round] = (System.nanoTime() - began) / 1e9;
            } finally {
                if (kill && round < rounds - 1) {
                    service.destroyForcibly().waitFor();
                } else {
                    service.destroy();
                    service.waitFor();
                }
            }
        }
        System.out.println(String.join(
                " ",
                Arrays.stream(seconds)
                        .mapToObj(s -> String.format(Locale.ROOT, "%.2f", s))
                        .toList()));
    }

    private static void await(int port, Process service, long began) throws IOException {
        while (System.nanoTime() - began < PATIENCE_NANOS) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                socket.setSoTimeout(60_000);
                report(socket);
                return;
            } catch (SocketException | EOFException e) {
                if (!service.isAlive()) {
                    throw new IOException("the service ended with " + service.exitValue(), e);
                }
                LockSupport.parkNanos(TRY_EVERY_NANOS);
            }
        }
        throw new IOException("no acknowledgement within two minutes");
    }

    private static void report(Socket socket) throws IOException {
        byte[] registered = ask(socket, 0x0100, 1, REGISTRATION);
        // Message header 12 bytes, answered serial 2, result 1, code.
        if (registered[14] != 0) {
            throw new IOException("the registration was refused: result=" + registered[14]);
        }
        ask(socket, 0x0102, 2, Arrays.copyOfRange(registered, 15, registered.length));
        ByteBuffer position = ByteBuffer.allocate(28)
                .putInt(0)
                .putInt(3)
                .putInt(22_550_000)
                .putInt(114_060_000)
                .putShort((short) 20)
                .putShort((short) 600)
                .putShort((short) 90)
                .put(HEX.parseHex(DEVICE_TIME.format(Instant.now())));
        byte[] answer = ask(socket, 0x0200, 3, position.array());
        if (answer[16] != 0) {
            throw new IOException("the position was refused: result=" + answer[16]);
        }
    }

    /** Sends a message and reads one frame, without its check code. */
    private static byte[] ask(Socket socket, int id, int serial, byte[] body) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(12 + body.length)
                .putShort((short) id)
                .putShort((short) body.length)
                .put(HEX.parseHex(PHONE))
                .putShort((short) serial)
                .put(body);
        ByteBuf frame = Unpooled.buffer();
        FrameWriter.wrap(frame, message.array(), 0, message.capacity());
        socket.getOutputStream().write(frame.array(), 0, frame.readableBytes());
        return read(socket.getInputStream());
    }

    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean begun = false;
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the service closed the connection: "
                        + new String(out.toByteArray(), StandardCharsets.ISO_8859_1));
            }
            if (next == 0x7e) {
                if (begun && out.size() > 0) {
                    byte[] message = out.toByteArray();
                    return Arrays.copyOf(message, FrameEscaping.unescape(message, message.length) - 1);
                }
                begun = true;
            } else {
                out.write(next);
            }
        }
    }
}
