package mo.farol.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import mo.farol.account.Role;
import mo.farol.page.SmallCentre;
import mo.farol.page.Visitor;
import mo.farol.search.Asker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A query followed over HTTP. */
class TailApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;
  @AutoClose private SmallCentre centre;
  private int sent;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("rui", Role.AGENCY, Optional.of("health"));
  }

  @Test
  void each_event_that_matches_comes_once_and_whole() {
    send("finance", "before");
    var line = follow(centre.token("ana"), "q=app:ledger", "");
    send("finance", "付款 one");
    send("finance", "two");

    Awaitility.await().until(() -> messages(line).size() == 2);
    send("finance", "three");
    Awaitility.await().until(() -> messages(line).size() == 3);
    assertThat(messages(line)).containsExactly("付款 one", "two", "three");
  }

  @Test
  void a_line_that_was_cut_off_goes_on_without_a_gap_or_a_repeat() {
    var line = follow(centre.token("ana"), "", "");
    send("finance", "one");
    Awaitility.await().until(() -> messages(line).contains("one"));
    String id = ids(line).getLast();
    send("finance", "two");
    send("finance", "three");

    var again = follow(centre.token("ana"), "", id);
    var byAddress = follow(centre.token("ana"), "after=" + id, "");

    Awaitility.await().until(() -> messages(again).size() == 2 && messages(byAddress).size() == 2);
    assertThat(messages(again)).containsExactly("two", "three");
    assertThat(messages(byAddress)).containsExactly("two", "three");
  }

  @Test
  void within_one_part_each_id_is_where_the_next_event_begins() {
    var line = follow(centre.token("ana"), "", "");
    centre.send("finance", at(), text("one"), text("two"), text("three")).join();
    centre.settle();
    Awaitility.await().until(() -> messages(line).size() == 3);
    String afterOne = ids(line).get(ids(line).size() - 4); // one, two, three, all told

    var again = follow(centre.token("ana"), "", afterOne);

    Awaitility.await().until(() -> messages(again).size() == 2);
    assertThat(messages(again)).containsExactly("two", "three");
  }

  @Test
  void a_reader_of_one_agency_hears_nothing_of_another() {
    var line = follow(centre.token("rui"), "", "");
    send("finance", "not for rui");
    send("health", "for rui");

    Awaitility.await().until(() -> messages(line).contains("for rui"));
    assertThat(line).noneMatch(l -> l.contains("not for rui"));
  }

  @Test
  void an_id_from_beyond_all_there_is_goes_on_now_and_says_so() {
    send("finance", "before");
    var line = follow(centre.token("ana"), "", "1000000");

    Awaitility.await().until(() -> line.contains("data: {\"count\":0,\"exact\":false}"));
    send("finance", "after");
    Awaitility.await().until(() -> !messages(line).isEmpty());
    assertThat(messages(line)).containsExactly("after");
  }

  @Test
  void what_is_no_id_is_refused() {
    assertThat(status("after=yesterday", true)).isEqualTo(400);
  }

  @Test
  void nothing_on_an_agencys_line_tells_how_many_events_others_have() {
    var line = follow(centre.token("rui"), "", "");
    send("health", "one");
    Awaitility.await().until(() -> messages(line).contains("one"));
    // Where it began, the event, and where all was told.
    Awaitility.await().untilAsserted(() -> assertThat(ids(line)).hasSize(3));
    assertThat(ids(line)).noneMatch(id -> id.matches("\\d+"));
    String id = ids(line).getLast();

    send("finance", "not for rui");
    send("health", "two");
    Awaitility.await().until(() -> messages(line).contains("two"));
    Awaitility.await().untilAsserted(() -> assertThat(ids(line)).hasSize(5));
    assertThat(messages(line)).containsExactly("one", "two");

    var again = follow(centre.token("rui"), "", id);
    Awaitility.await().until(() -> messages(again).contains("two"));
    assertThat(messages(again)).containsExactly("two");
  }

  @Test
  void where_to_go_on_is_an_id_that_was_told() {
    assertThat(status("after=12x", true)).isEqualTo(400);
    assertThat(status("after=" + "A".repeat(48), true)).isEqualTo(400);
  }

  @Test
  void of_too_many_at_once_the_rest_is_counted() {
    var line = follow(centre.token("ana"), "", "");
    String[] lines = Stream.generate(() -> text("many")).limit(500).toArray(String[]::new);
    centre.send("finance", at(), lines).join();
    centre.settle();

    Awaitility.await().until(() -> messages(line).size() == 200);
    assertThat(line).contains("data: {\"count\":300,\"exact\":true}");
  }

  @Test
  void a_token_that_is_taken_back_ends_its_line() {
    String token = centre.token("ana");
    var line = follow(token, "", "");

    centre.tokens.end(token, "test");

    Awaitility.await().until(() -> line.contains("event: end"));
  }

  @Test
  void a_session_that_is_ended_ends_its_lines() {
    var visitor = new Visitor(centre);
    visitor.enter("ana");
    String cookie = "farol=" + visitor.cookies().get("farol");
    var line = follow(HttpClient.newHttpClient(), "", "", "Cookie", cookie);

    centre.sessions.endAll("ana");

    Awaitility.await().until(() -> line.contains("event: end"));
    send("finance", "after the end");
    assertThat(messages(line)).isEmpty();
  }

  @Test
  void a_query_that_finds_nothing_tells_how_far_it_looked() {
    var line = follow(centre.token("ana"), "q=app:nothing", "");
    send("finance", "something else");

    String now = Long.toString(centre.search.searchable());
    Awaitility.await().until(() -> ids(line).getLast().equals(now));
    assertThat(messages(line)).isEmpty();
  }

  @Test
  void who_cancels_what_a_line_asks_ends_the_line() {
    var line = follow(centre.token("ana"), "", "");
    centre.readSlowly(Duration.ofMillis(50));
    var lines = Stream.generate(() -> text("many")).limit(300).toArray(String[]::new);
    centre.send("finance", at(), lines).join();
    centre.settle();
    var ana = Asker.named("ana");
    Awaitility.await().until(() -> !centre.search.underWay(ana).isEmpty());

    centre.search.underWay(ana).forEach(each -> centre.search.cancel(each.id(), ana));
    centre.readSlowly(Duration.ZERO);

    Awaitility.await().until(() -> line.contains("event: end"));
    assertThat(line).contains("data: The search was cancelled by ana.");
  }

  @Test
  void what_can_not_be_followed_is_refused() {
    send("finance", "something to look for it in");
    assertThat(status("q=%2F%5Ba%2F", true)).as("a bad expression").isEqualTo(400);
    assertThat(status("q=user.name%3A(", true)).isEqualTo(400);
    assertThat(status("q=*%20%7C%20count", true)).isEqualTo(400);
    assertThat(status("q=x", false)).isEqualTo(406);
  }

  @Test
  void one_person_follows_a_few_queries_and_a_place_is_free_when_one_ends() throws Exception {
    var token = centre.token("ana");
    var first = HttpClient.newHttpClient();
    follow(first, token, "", "");
    for (int i = 0; i < 5; i++) {
      follow(token, "", "");
    }
    assertThat(status("", true)).isEqualTo(503);

    first.shutdownNow();
    // Nothing is written meanwhile that could not be delivered.
    Awaitility.await()
        .until(() -> follow(token, "", "").stream().anyMatch(l -> l.startsWith("id:")));
  }

  @Test
  @Timeout(10)
  void closing_waits_for_no_line() {
    var line = follow(centre.token("ana"), "", "");
    assertThat(centre.following()).isOne();
    centre.close();
    assertThat(centre.following()).as("none was given up").isZero();
    assertThat(line).isNotEmpty();
  }

  private void send(String agency, String message) {
    centre.send(agency, at(), text(message)).join();
    centre.settle();
  }

  private Instant at() {
    return Instant.parse("2026-11-24T09:00:00Z").plusSeconds(++sent);
  }

  // Each claims to be older than the one before.
  private String text(String message) {
    return "<13>1 %s pay-01 ledger - - - %s"
        .formatted(Instant.parse("2026-11-24T08:00:00Z").minusSeconds(sent), message);
  }

  private int status(String query, boolean asStream) {
    return new Visitor(centre)
        .get(
            "/api/v1/events/tail?" + query,
            "Authorization",
            "Bearer " + centre.token("ana"),
            "Accept",
            asStream ? "text/event-stream" : "application/json")
        .statusCode();
  }

  private List<String> follow(String token, String query, String lastSeen) {
    return follow(HttpClient.newHttpClient(), token, query, lastSeen);
  }

  private List<String> follow(HttpClient client, String token, String query, String lastSeen) {
    return follow(client, query, lastSeen, "Authorization", "Bearer " + token);
  }

  private List<String> follow(
      HttpClient client, String query, String lastSeen, String who, String proof) {
    var lines = new CopyOnWriteArrayList<String>();
    var request =
        HttpRequest.newBuilder(centre.address("/api/v1/events/tail?" + query))
            .header(who, proof)
            .header("Accept", "text/event-stream")
            .timeout(Duration.ofSeconds(30));
    if (!lastSeen.isEmpty()) {
      request.header("Last-Event-ID", lastSeen);
    }
    CompletableFuture<?> done =
        client
            .sendAsync(request.build(), BodyHandlers.ofLines())
            .thenAccept(answer -> answer.body().forEach(lines::add));
    Awaitility.await().until(() -> lines.contains("event: at") || done.isDone());
    return lines;
  }

  private static List<String> messages(List<String> lines) {
    var messages = new ArrayList<String>();
    for (String line : lines) {
      if (line.startsWith("data: {\"id\"")) {
        try {
          messages.add(JSON.readTree(line.substring(6)).path("message").asText());
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return messages;
  }

  private static List<String> ids(List<String> lines) {
    return lines.stream().filter(l -> l.startsWith("id: ")).map(l -> l.substring(4)).toList();
  }
}
