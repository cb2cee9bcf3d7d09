package io.haulwatch.benchmarks.centre;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * How long the pages' questions take. Each page is opened once by a browser for each sort of person, which tells what it asks the service; then those
 * questions are asked again and again, each round about another company, truck and alarm of those that the person sees. A page's time in a round is that
 * of its slowest question.
 *
 * <p>{@code Visits BASE-URI ROUNDS SEED}; the password of everybody is in {@code HAULWATCH_ADMIN_PASSWORD}.
 */
public final class Visits {
    /** Who looks: the centre's lead, managers of the largest, a middle and a small company, and a regulator of a province. */
    static final List<Person> PEOPLE = List.of(
            new Person("visit-lead", "lead", "all"),
            new Person("visit-large", "company", "company:1"),
            new Person("visit-middle", "company", "company:40"),
            new Person("visit-small", "company", "company:590"),
            new Person("visit-regulator", "regulator", "region:50"),
            new Person("visit-admin", "admin", "all"));

    private static final List<String> PAGES = List.of(
            "/map",
            "/map?vehicle={vehicle}",
            "/alarms",
            "/alarms?status=all",
            "/alarms/{alarm}?status=all",
            "/desk",
            "/desk/{alarm}",
            "/desk/shift",
            "/desk/deadlines",
            "/cases",
            "/appeals",
            "/notices",
            "/notifications",
            "/region",
            "/supervision",
            "/inspections",
            "/indicators",
            "/wall",
            "/companies",
            "/companies/{company}",
            "/companies/{company}/report",
            "/companies/{company}/papers",
            "/companies/{company}/duties/services",
            "/companies/{company}/duties/hazards",
            "/companies/{company}/duties/accidents",
            "/companies/{company}/duties/training",
            "/companies/{company}/training",
            "/companies/{company}/ledger",
            "/training",
            "/training/plans",
            "/training/courses",
            "/training/courses/1",
            "/training/certificates",
            "/training/effect",
            "/dispatch",
            "/orders",
            "/terminals",
            "/terminals/models",
            "/vehicles/{vehicle}/terminal",
            "/vehicles/{vehicle}/day/{day}",
            "/register/companies",
            "/register/vehicles",
            "/register/drivers",
            "/imports",
            "/looks",
            "/books",
            "/users",
            "/account");

    /** A page has asked what it asks at its opening when nothing was waited for in three looks. */
    private static final double LOOK_MILLIS = 200;

    private static final int MOST_LOOKS = 50;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final int rounds;
    private final SplittableRandom dice;
    private final String password = System.getenv("HAULWATCH_ADMIN_PASSWORD");
    private final HttpClient http = HttpClient.newHttpClient();

    private Visits(URI base, int rounds, long seed) {
        this.base = base;
        this.rounds = rounds;
        this.dice = new SplittableRandom(seed);
    }

    /** @param role and scope as an account has them */
    record Person(String name, String role, String scope) {}

    /**
     * Somebody who has signed in.
     *
     * @param subjects what the pages are about in turn
     * @param asked by page what the browser asked the service for
     */
    private record Visitor(Person person, String cookie, List<Subject> subjects, Map<String, Set<String>> asked) {}

    /** Something that a page may be about. */
    private record Subject(String company, String vehicle, String alarm, String day) {
        String in(String text) {
            return text.replace("{company}", company)
                    .replace("{vehicle}", vehicle)
                    .replace("{alarm}", alarm)
                    .replace("{day}", day);
        }

        /** The same text for any subject. */
        String outOf(String text) {
            return text.replace(alarm, "{alarm}")
                    .replace("/vehicles/" + vehicle + "/", "/vehicles/{vehicle}/")
                    .replaceAll("/vehicles/" + vehicle + "$", "/vehicles/{vehicle}")
                    .replaceAll("vehicle=" + vehicle + "\\b", "vehicle={vehicle}")
                    .replaceAll("/companies/" + company + "\\b", "/companies/{company}")
                    .replaceAll("company=" + company + "\\b", "company={company}");
        }
    }

    public static void main(String[] arguments) throws Exception {
        new Visits(URI.create(arguments[0]), Integer.parseInt(arguments[1]), Long.parseLong(arguments[2])).run();
    }

    private void run() throws Exception {
        System.out.println("| who | page | questions | slowest question | p50 ms | p95 ms | worst ms | KiB |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        List<Visitor> visitors = new ArrayList<>();
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(
                                        Path.of(System.getProperty("haulwatch.chromium", "/usr/bin/chromium")))
                                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")))) {
            for (Person person : PEOPLE) {
                try (BrowserContext context =
                        browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900))) {
                    Page page = context.newPage();
                    signIn(page, person);
                    String cookie = cookie(context.cookies());
                    List<Subject> seen = subjects(cookie);
                    visitors.add(new Visitor(person, cookie, seen, look(page, seen.getFirst())));
                }
            }
        }
        for (Visitor visitor : visitors) {
            for (Map.Entry<String, Set<String>> page : visitor.asked().entrySet()) {
                measure(visitor, page.getKey(), page.getValue());
            }
        }
    }

    private void signIn(Page page, Person person) {
        page.navigate(base.resolve("/sign-in").toString());
        page.getByTestId("username").fill(person.name());
        page.getByTestId("password").fill(password);
        page.getByTestId("sign-in-submit").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
    }

    private static String cookie(List<Cookie> cookies) {
        List<String> parts = new ArrayList<>();
        cookies.forEach(cookie -> parts.add(cookie.name + "=" + cookie.value));
        return String.join("; ", parts);
    }

    private Map<String, Set<String>> look(Page page, Subject subject) {
        Map<String, Set<String>> asked = new LinkedHashMap<>();
        for (String path : PAGES) {
            Set<String> questions = new LinkedHashSet<>();
            int[] waiting = {0};
            Consumer<Request> begun = request -> {
                if (isQuestion(request)) {
                    waiting[0]++;
                    questions.add(subject.outOf(
                            request.url().substring(base.toString().length())));
                }
            };
            Consumer<Request> ended = request -> waiting[0] -= isQuestion(request) ? 1 : 0;
            page.onRequest(begun);
            page.onRequestFinished(ended);
            page.onRequestFailed(ended);
            page.navigate(base.resolve(subject.in(path)).toString());
            for (int look = 0, quiet = 0; look < MOST_LOOKS && quiet < 3; look++) {
                page.waitForTimeout(LOOK_MILLIS);
                quiet = waiting[0] <= 0 ? quiet + 1 : 0;
            }
            page.offRequest(begun);
            page.offRequestFinished(ended);
            page.offRequestFailed(ended);
            asked.put(path, questions);
        }
        return asked;
    }

    private boolean isQuestion(Request request) {
        return request.url().startsWith(base + "/api/") && request.method().equals("GET");
    }

    /** Companies, each with one of its trucks and one of its alarms; the largest is among them if the person sees it. */
    private List<Subject> subjects(String cookie) throws IOException, InterruptedException {
        List<JsonNode> companies = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = JSON.readTree(
                    ask(cookie, "/api/v1/companies?limit=200" + next).body());
            page.path("items").forEach(companies::add);
            next = page.path("next_cursor").isTextual()
                    ? "&cursor=" + page.path("next_cursor").textValue()
                    : "";
        } while (!next.isEmpty());
        List<Subject> subjects = new ArrayList<>();
        for (int i = 0; i < Math.min(rounds, 24); i++) {
            String company = companies
                    .get(i == 1 ? largest(companies) : dice.nextInt(companies.size()))
                    .path("id")
                    .asText();
            JsonNode alarms = JSON.readTree(ask(cookie, "/api/v1/alarms?status=all&limit=50&company=" + company)
                            .body())
                    .path("items");
            if (!alarms.isEmpty()) {
                JsonNode alarm = alarms.get(dice.nextInt(alarms.size()));
                subjects.add(new Subject(
                        company,
                        alarm.path("vehicle").path("id").asText(),
                        alarm.path("id").asText(),
                        alarm.path("started_at").asText().substring(0, 10)));
            }
        }
        return subjects;
    }

    private static int largest(List<JsonNode> companies) {
        int largest = 0;
        for (int i = 1; i < companies.size(); i++) {
            if (companies.get(i).path("vehicles").asInt()
                    > companies.get(largest).path("vehicles").asInt()) {
                largest = i;
            }
        }
        return largest;
    }

    private HttpResponse<String> ask(String cookie, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Cookie", cookie)
                        .method("GET", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private void measure(Visitor visitor, String page, Set<String> questions) throws IOException, InterruptedException {
        if (questions.isEmpty()) {
            return;
        }
        double[] slowest = new double[rounds];
        Map<String, Double> worst = new LinkedHashMap<>();
        long bytes = 0;
        for (int round = 0; round < rounds; round++) {
            Subject subject = visitor.subjects().get(round % visitor.subjects().size());
            for (String question : questions) {
                long began = System.nanoTime();
                HttpResponse<String> answer = ask(visitor.cookie(), subject.in(question));
                double millis = (System.nanoTime() - began) / 1e6;
                if (answer.statusCode() != 200 && answer.statusCode() != 304 && round == 0) {
                    System.err.println(visitor.person().name() + " " + page + " " + subject.in(question) + ": "
                            + answer.statusCode());
                }
                slowest[round] = Math.max(slowest[round], millis);
                worst.merge(question, millis, Double::sum);
                bytes += answer.body().length();
            }
        }
        Arrays.sort(slowest);
        String name = worst.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %s | %.0f | %.0f | %.0f | %d |%n",
                visitor.person().name().substring("visit-".length()),
                page,
                questions.size(),
                name.replaceAll("\\?.*", ""),
                slowest[rounds / 2],
                slowest[(int) Math.ceil(rounds * 0.95) - 1],
                slowest[rounds - 1],
                bytes / rounds / 1024);
    }
}
