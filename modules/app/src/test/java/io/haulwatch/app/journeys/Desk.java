package io.haulwatch.app.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.RequestOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A desk with a screen of 1440×900: one page that notes every request that leaves the product's own origin and everything that the
 * browser complains about. It waits for conditions, never for time. Not thread-safe.
 */
final class Desk implements AutoCloseable {
    static final int WIDTH = 1440;
    static final int HEIGHT = 900;
    /** The longest wait for anything, in milliseconds: a computer that also compiles is slow. */
    static final double PATIENCE_MILLIS = 60_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI origin;
    private final BrowserContext context;
    private final Page page;
    private final List<String> elsewhere = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    Desk(URI origin, BrowserContext context) {
        this.origin = origin;
        this.context = context;
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.setDefaultNavigationTimeout(PATIENCE_MILLIS);
        this.page = context.newPage();
        page.onRequest(request -> note(request.url()));
        page.onWebSocket(socket -> note(socket.url()));
        page.onConsoleMessage(this::hear);
        page.onPageError(complaints::add);
    }

    private void note(String url) {
        boolean inside = url.startsWith("data:") || url.startsWith("blob:");
        if (!inside && !origin.getAuthority().equals(URI.create(url).getAuthority())) {
            elsewhere.add(url);
        }
    }

    private void hear(ConsoleMessage message) {
        // Before sign-in the page asks whether there is a session, and 401 is the answer.
        boolean asksForSession = message.text().contains("401")
                && (message.location().contains("/api/v1/session")
                        || message.location().contains("/api/v1/driver/session"));
        if (message.type().equals("error") && !asksForSession) {
            complaints.add(message.text() + " at " + message.location());
        }
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** What the page asked from anybody but the product. */
    List<String> elsewhere() {
        return List.copyOf(elsewhere);
    }

    /** Errors on the browser's console. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Takes back the complaints that hold these words: the test provoked them. */
    void forgive(String words) {
        complaints.removeIf(complaint -> complaint.contains(words));
    }

    /** Like closing the browser: nobody is signed in any more. */
    void leave() {
        context.clearCookies();
    }

    void open(String path) {
        page.navigate(origin.resolve(path).toString());
    }

    /** Sign-in by the form, up to the page that was wanted. */
    void signIn(String username, String password) {
        part("username").fill(username);
        part("password").fill(password);
        part("sign-in-submit").click();
    }

    /** The parts of the page with this mark. */
    Locator part(String mark) {
        return page.getByTestId(mark);
    }

    void sees(String mark) {
        sees(part(mark).first());
    }

    void sees(Locator part) {
        assertThat(part).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
    }

    void seesNo(String mark) {
        assertThat(part(mark)).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
    }

    /** The number in a part, without the separators of thousands; 0 while it is not there. */
    int number(String mark) {
        Locator found = part(mark);
        String digits = found.count() == 0 ? "" : found.first().innerText().replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    void until(BooleanSupplier condition) {
        until(condition, PATIENCE_MILLIS);
    }

    void until(BooleanSupplier condition, double patienceMillis) {
        page.waitForCondition(condition, new Page.WaitForConditionOptions().setTimeout(patienceMillis));
    }

    /** Asks the product as this desk's user. */
    JsonNode ask(String path) {
        APIResponse answer = page.request().get(origin.resolve(path).toString());
        try {
            if (!answer.ok()) {
                throw new IllegalStateException("path=" + path + " status=" + answer.status() + " " + answer.text());
            }
            return JSON.readTree(answer.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("path=" + path + " is not JSON", e);
        } finally {
            answer.dispose();
        }
    }

    /** Sends the product something as this desk's user, with the token of his session. */
    JsonNode tell(String path, Object body) {
        String csrf = ask("/api/v1/session").path("csrf_token").asText();
        APIResponse answer = page.request()
                .post(
                        origin.resolve(path).toString(),
                        RequestOptions.create().setHeader("X-CSRF-Token", csrf).setData(body));
        try {
            if (!answer.ok()) {
                throw new IllegalStateException("path=" + path + " status=" + answer.status() + " " + answer.text());
            }
            return JSON.readTree(answer.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("path=" + path + " is not JSON", e);
        } finally {
            answer.dispose();
        }
    }

    /** Chooses a password by a one-time link, as its owner does; nobody may be signed in. */
    void choosePassword(String link, String password) {
        String token = link.substring(link.indexOf('#') + 1);
        APIResponse answer = page.request()
                .post(
                        origin.resolve("/api/v1/link/password").toString(),
                        RequestOptions.create()
                                .setHeader("Origin", origin.toString().replaceAll("/$", ""))
                                .setData(Map.of("token", token, "password", password)));
        try {
            if (!answer.ok()) {
                throw new IllegalStateException("the link is refused: status=" + answer.status() + " " + answer.text());
            }
        } finally {
            answer.dispose();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
