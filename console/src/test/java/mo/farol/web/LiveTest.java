package mo.farol.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import mo.farol.account.Role;
import mo.farol.page.SmallCentre;
import mo.farol.page.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LiveTest {
  private SmallCentre centre;

  @BeforeEach
  void open(@TempDir Path home) {
    centre = new SmallCentre(home, false);
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("wong", Role.AGENCY, Optional.of("water"));
  }

  @AfterEach
  void close() {
    centre.close();
  }

  @Test
  void a_page_hears_what_its_reader_may_know_and_nothing_else() {
    var national = listen("ana", "");
    var water = listen("wong", "");
    centre.publish(new LiveEvent("alert", "finance", Map.of("title", "one")));
    centre.publish(new LiveEvent("alert", "water", Map.of("title", "two")));
    Awaitility.await().until(() -> heard(national, "two") && heard(water, "two"));
    assertThat(heard(national, "one")).isTrue();
    assertThat(heard(water, "one")).isFalse();
  }

  @Test
  void a_page_that_lost_the_line_catches_up_from_the_last_event_it_saw() {
    var first = listen("ana", "");
    centre.publish(new LiveEvent("alert", "finance", Map.of("title", "one")));
    Awaitility.await().until(() -> heard(first, "one"));
    String id = ids(first).getLast();
    centre.publish(new LiveEvent("alert", "finance", Map.of("title", "two")));
    var again = listen("ana", id);
    Awaitility.await().until(() -> heard(again, "two"));
    assertThat(heard(again, "one")).isFalse();
  }

  @Test
  void a_page_that_begins_its_line_anew_goes_on_from_where_the_one_before_began() {
    centre.publish(new LiveEvent("alert", "finance", Map.of("title", "before")));
    var first = listen("ana", "");
    Awaitility.await().until(() -> !ids(first).isEmpty());
    String began = ids(first).getFirst();
    centre.publish(new LiveEvent("alert", "finance", Map.of("title", "meanwhile")));

    var again = listen("/live?after=" + began, "ana", "");
    Awaitility.await().until(() -> heard(again, "meanwhile"));
    assertThat(heard(again, "before")).isFalse();
  }

  @Test
  void where_an_agencys_line_begins_says_nothing_of_what_others_heard() {
    centre.publish(new LiveEvent("alert", "water", Map.of("title", "own")));
    var before = listen("wong", "");
    centre.publish(new LiveEvent("alert", "finance", Map.of("title", "not for wong")));
    var after = listen("wong", "");
    Awaitility.await().until(() -> !ids(before).isEmpty() && !ids(after).isEmpty());

    assertThat(ids(after)).isEqualTo(ids(before));
  }

  @Test
  void a_change_made_by_one_person_is_told_to_the_pages_of_the_others() {
    var national = listen("ana", "");
    String body = "{\"ids\":[\"none\"],\"action\":\"acknowledge\"}";
    new Visitor(centre).api(centre.token("ana"), "PATCH", "/alerts", body);
    centre.publish(new LiveEvent("run", "finance", Map.of("title", "end")));
    Awaitility.await().until(() -> heard(national, "end"));
    assertThat(heard(national, "event: alert")).as("nothing changed, nothing is told").isFalse();
  }

  @Test
  @Timeout(10)
  void closing_does_not_wait_for_pages_that_listen() {
    var lines = listen("ana", "");
    Awaitility.await().until(() -> heard(lines, "farol"));
    centre.close();
    assertThat(lines).isNotEmpty();
  }

  @Test
  void a_stranger_is_not_let_on_the_line() {
    assertThat(new Visitor(centre).get("/live").statusCode()).isEqualTo(401);
  }

  private static boolean heard(List<String> lines, String word) {
    return lines.stream().anyMatch(l -> l.contains(word));
  }

  private static List<String> ids(List<String> lines) {
    return lines.stream()
        .filter(l -> l.startsWith("id:"))
        .map(l -> l.substring(3).strip())
        .toList();
  }

  private List<String> listen(String name, String lastSeen) {
    return listen("/live", name, lastSeen);
  }

  private List<String> listen(String path, String name, String lastSeen) {
    var lines = new CopyOnWriteArrayList<String>();
    var request =
        HttpRequest.newBuilder(centre.address(path))
            .header("Authorization", "Bearer " + centre.token(name))
            .header("Accept", "text/event-stream")
            .timeout(Duration.ofSeconds(30));
    if (!lastSeen.isEmpty()) {
      request.header("Last-Event-ID", lastSeen);
    }
    CompletableFuture<?> done =
        HttpClient.newHttpClient()
            .sendAsync(request.build(), BodyHandlers.ofLines())
            .thenAccept(answer -> answer.body().forEach(lines::add));
    Awaitility.await().until(() -> !lines.isEmpty() || done.isDone());
    return lines;
  }
}
