package io.haulwatch.console.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id (RFC 9106), 19 MiB, 2 passes, 1 lane, in the usual encoded text form. All hashing runs on a small pool of
 * its own with a short queue, and one address holds only a few places in it, so that a flood of sign-ins costs neither the live
 * feed nor other people's sign-ins.
 */
public final class Passwords implements AutoCloseable {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int QUEUE = 64;
    private static final int PLACES_PER_ADDRESS = 4;

    private final SecureRandom random;
    private final ThreadPoolExecutor pool;
    private final Map<String, Integer> waitingByAddress = new ConcurrentHashMap<>();
    private final String nobody;

    public Passwords(SecureRandom random) {
        this.random = random;
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "haulwatch-password");
                    thread.setDaemon(true);
                    return thread;
                });
        this.pool.allowCoreThreadTimeOut(true);
        this.nobody = encode(new byte[SALT_BYTES], new byte[HASH_BYTES]);
    }

    /**
     * The encoded hash of a new password, made on the pool that sign-ins use.
     *
     * @param address of the client
     * @throws Busy when too many wait already
     */
    public String hash(String password, String address) throws Busy, InterruptedException {
        return queued(address, () -> hash(password));
    }

    /** The encoded hash of a new password, made by the calling thread. */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return encode(salt, argon2(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES));
    }

    /**
     * Whether a password is the one behind {@code encoded}. Without one (nobody has that name) the same work is done and the answer is
     * no.
     *
     * @param address of the client
     * @throws Busy when too many wait already
     */
    public boolean verify(@Nullable String encoded, String password, String address) throws Busy, InterruptedException {
        return queued(address, () -> matches(encoded == null ? nobody : encoded, password) && encoded != null);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private <T> T queued(String address, Callable<T> work) throws Busy, InterruptedException {
        int waiting = waitingByAddress.merge(address, 1, Integer::sum);
        try {
            if (waiting > PLACES_PER_ADDRESS) {
                throw new Busy();
            }
            Future<T> future = pool.submit(work);
            try {
                return future.get();
            } finally {
                future.cancel(false);
            }
        } catch (RejectedExecutionException e) {
            throw new Busy();
        } catch (ExecutionException e) {
            throw new IllegalStateException("hashing failed", e.getCause());
        } finally {
            leave(address);
        }
    }

    private void leave(String address) {
        waitingByAddress.computeIfPresent(address, (key, waiting) -> waiting <= 1 ? null : waiting - 1);
    }

    private static boolean matches(String encoded, String password) {
        String[] parts = encoded.split("\\$", -1);
        if (parts.length != 6 || !parts[1].equals("argon2id") || !parts[2].equals("v=19")) {
            throw new IllegalStateException("stored password hash is not Argon2id version 19");
        }
        int memory = 0;
        int passes = 0;
        int lanes = 0;
        for (String setting : parts[3].split(",", -1)) {
            int value = Integer.parseInt(setting.substring(2));
            switch (setting.substring(0, 2)) {
                case "m=" -> memory = value;
                case "t=" -> passes = value;
                case "p=" -> lanes = value;
                default -> throw new IllegalStateException("stored password hash has an unknown setting");
            }
        }
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        byte[] expected = Base64.getDecoder().decode(parts[5]);
        return MessageDigest.isEqual(expected, argon2(password, salt, memory, passes, lanes, expected.length));
    }

    private static byte[] argon2(String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    private static String encode(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    /** Too many sign-ins wait already. */
    public static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        Busy() {
            super("too many sign-ins at once", null, false, false);
        }
    }
}
