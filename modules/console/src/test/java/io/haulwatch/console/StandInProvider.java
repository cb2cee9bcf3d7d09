package io.haulwatch.console;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A provider that lies when it is told to: it holds codes, verifiers and clients to their word and signs whatever tokens a test wants. */
final class StandInProvider implements AutoCloseable {
    static final String CLIENT = "haulwatch-console";
    static final String SECRET = "secret of the client / with + signs";

    /** Turns claims into a token. */
    interface Signing {
        JWT token(StandInProvider provider, JWTClaimsSet claims) throws JOSEException;
    }

    static final Signing RIGHT = (provider, claims) -> provider.signed(provider.key, claims);
    static final Signing UNSIGNED = (provider, claims) -> new PlainJWT(claims);
    /** The published key, taken for a shared secret. */
    static final Signing BY_PUBLIC_KEY = (provider, claims) -> {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(provider.key.getKeyID())
                        .build(),
                claims);
        token.sign(new MACSigner(provider.key.toRSAPublicKey().getEncoded()));
        return token;
    };

    static final Signing BY_CLIENT_SECRET = (provider, claims) -> {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(SECRET));
        return token;
    };

    /** Somebody else's key under the name of the published one. */
    static final Signing BY_ANOTHER_KEY = (provider, claims) -> provider.signed(provider.foreign, claims);

    private final HttpServer server;
    private final RSAKey key = key();
    private final RSAKey foreign = key();
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private volatile boolean away;
    private volatile InstantSource clock = InstantSource.system();

    private record Grant(Map<String, String> asked, Signing signing, UnaryOperator<JWTClaimsSet.Builder> claims) {}

    StandInProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Another clock tells it when it signs. */
    void follow(InstantSource another) {
        clock = another;
    }

    /** From now on everything is answered with 503, or no longer. */
    void away(boolean now) {
        away = now;
    }

    /** Somebody signs in at the address that a page was sent to; what comes back is the code. */
    String codeFor(String address, Signing signing, UnaryOperator<JWTClaimsSet.Builder> claims) {
        Map<String, String> asked = form(URI.create(address).getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, new Grant(asked, signing, claims));
        return code;
    }

    static Map<String, String> form(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.split("&", -1)) {
            int equals = field.indexOf('=');
            fields.put(
                    URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> send(exchange, 200, """
                        {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                        "jwks_uri":"%1$s/keys","response_types_supported":["code"],"subject_types_supported":["public"],
                        "id_token_signing_alg_values_supported":["RS256","HS256","none"]}""".formatted(issuer()));
                case "/keys" -> send(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
                case "/token" -> token(exchange);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        } catch (JOSEException | NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private void token(HttpExchange exchange) throws IOException, JOSEException, NoSuchAlgorithmException {
        Map<String, String> form =
                form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
        String[] client = new String(
                        Base64.getDecoder()
                                .decode(exchange.getRequestHeaders()
                                        .getFirst("Authorization")
                                        .substring("Basic ".length())),
                        StandardCharsets.US_ASCII)
                .split(":", 2);
        if (!URLDecoder.decode(client[0], StandardCharsets.UTF_8).equals(CLIENT)
                || !URLDecoder.decode(client[1], StandardCharsets.UTF_8).equals(SECRET)) {
            send(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        Grant grant = codes.remove(form.getOrDefault("code", ""));
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(form.getOrDefault("code_verifier", "").getBytes(StandardCharsets.US_ASCII)));
        if (grant == null
                || !"S256".equals(grant.asked.get("code_challenge_method"))
                || !challenge.equals(grant.asked.get("code_challenge"))
                || !form.getOrDefault("redirect_uri", "").equals(grant.asked.get("redirect_uri"))) {
            send(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .subject("subject-1")
                .claim("nonce", grant.asked.get("nonce"))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
        JWT token = grant.signing.token(this, grant.claims.apply(claims).build());
        send(
                exchange,
                200,
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":60,\"id_token\":\""
                        + token.serialize() + "\"}");
    }

    private SignedJWT signed(RSAKey by, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        JWSSigner signer = new RSASSASigner(by);
        token.sign(signer);
        return token;
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("key-1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }
}
