package io.haulwatch.console.provider;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls the provider: by https or on loopback only, to where it is told and not where a redirect leads, in bounded time and size. */
final class ProviderHttp implements HTTPRequestSender, ResourceRetriever, AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(3);
    private static final long SECONDS_IN_ALL = 5;
    private static final long LARGEST_ANSWER = 256 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest asked) throws IOException {
        String body = asked.getBody();
        HttpRequest.Builder request = HttpRequest.newBuilder(guarded(asked.getURI()))
                .method(
                        asked.getMethod().name(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        asked.getHeaderMap().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        HttpResponse<String> answer = exchange(request);
        HTTPResponse told = new HTTPResponse(answer.statusCode());
        answer.headers().firstValue("Content-Type").ifPresent(type -> told.setHeader("Content-Type", type));
        told.setBody(answer.body());
        return told;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        try {
            return get(url.toURI());
        } catch (URISyntaxException e) {
            throw new IOException("no address: " + url, e);
        }
    }

    /** A document that must be there. */
    Resource get(URI address) throws IOException {
        HttpResponse<String> answer =
                exchange(HttpRequest.newBuilder(guarded(address)).header("Accept", "application/json"));
        if (answer.statusCode() != 200) {
            throw new IOException("it answers " + answer.statusCode() + " at " + address);
        }
        return new Resource(
                answer.body(), answer.headers().firstValue("Content-Type").orElse(null));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
        try {
            return answer.get(SECONDS_IN_ALL, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it does not answer within " + SECONDS_IN_ALL + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(words(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the console stops").initCause(e);
        } finally {
            answer.cancel(true);
        }
    }

    private static URI guarded(URI address) throws IOException {
        if (!ProviderOptions.isGuarded(address)) {
            throw new IOException("its address is neither https nor on loopback: " + address);
        }
        return address;
    }

    private static String words(@Nullable Throwable cause) {
        if (cause == null) {
            return "no answer";
        }
        String name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
    }
}
