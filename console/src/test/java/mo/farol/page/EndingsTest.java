package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mo.farol.account.IngestTerms;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.event.Agency;
import mo.farol.health.Ending;
import mo.farol.health.Endings;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends soon is told before it has ended, to who can do something about it. */
class EndingsTest {
  private static final String BANNER = "end within a week, or have ended";

  @TempDir private Path home;
  @AutoClose private SmallCentre centre;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.agencies.add(new Agency("finance", "Finance Bureau"));
    centre.agencies.add(new Agency("health", "Health Bureau"));
    centre.account("olga", Role.OPERATOR, Optional.empty());
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("rui", Role.AGENCY, Optional.of("health"));
  }

  @Test
  void a_certificate_is_told_thirty_days_before_its_end_with_the_command_until_it_is_revoked() {
    String serial = certificate("finance", 60);
    assertThat(signedIn("olga").get("/agencies").body()).doesNotContain("Ends soon");

    centre.later(Duration.ofDays(40));
    var olga = signedIn("olga");
    for (String page : List.of("/agencies", "/agencies/finance")) {
      assertThat(olga.get(page).body())
          .as(page)
          .contains("Ends soon", "20 days", serial.substring(0, 8))
          .contains("./farol agency cert finance", "./farol agency revoke " + serial)
          .doesNotContain(BANNER);
    }
    certificate("finance", 700);
    assertThat(olga.get("/agencies").body()).as("beside its successor").contains("20 days");
    centre.certificates.revoke(serial, "olga");
    assertThat(olga.get("/agencies").body()).doesNotContain("Ends soon");
  }

  @Test
  void within_a_week_and_after_its_end_the_operator_is_told_on_every_page() {
    certificate("finance", 60);
    centre.later(Duration.ofDays(54));
    assertThat(signedIn("olga").get("/").body()).contains(BANNER, "finance client 2027-01-23");
    assertThat(signedIn("ana").get("/").body()).doesNotContain(BANNER);
    assertThat(new Visitor(centre).get("/healthz").statusCode()).isEqualTo(200);

    centre.later(Duration.ofDays(8));
    assertThat(signedIn("olga").get("/agencies").body()).contains("over for 2 days", BANNER);
    centre.later(Duration.ofDays(40));
    assertThat(signedIn("olga").get("/agencies").body())
        .doesNotContain("Ends soon", BANNER)
        .as("the agency has none that opens anything")
        .containsPattern("2027-01-23 09:30:00</time>\\s+over<");
  }

  @Test
  void tokens_are_told_too_but_not_those_of_an_hour_nor_those_that_were_replaced() {
    String old = token("finance", Duration.ofDays(20));
    token("health", Duration.ofHours(1));
    assertThat(signedIn("olga").get("/agencies").body())
        .contains("./farol agency token finance --ttl 20d --replaces " + old)
        .doesNotContain("agency token health");
    centre.later(Duration.ofDays(21));
    token("health", Duration.ofDays(400)); // making one forgets none that has just ended
    var olga = signedIn("olga");
    assertThat(olga.get("/agencies").body())
        .contains("over for 1 day<", "Nothing can be sent with it any more")
        .contains("./farol agency token finance --ttl 20d<", "./farol token revoke " + old)
        .doesNotContain("--replaces " + old);

    String replaced = token("health", Duration.ofDays(400));
    centre.tokens.endAfter(replaced, Duration.ofHours(24), "olga");
    assertThat(olga.get("/agencies").body()).doesNotContain("agency token health");
  }

  @Test
  void whose_programs_use_the_api_is_told_to_operators_alone() {
    centre.tokens.api(
        new Person("siem", "siem", Role.COMMITTEE, Optional.of("health")),
        "test",
        Optional.of(Duration.ofDays(3)),
        "test");
    assertThat(signedIn("olga").get("/agencies").body())
        .contains("./farol token --user siem --role committee --agency health --ttl 3d");
    assertThat(api("olga", "/endings")).contains("\"kind\":\"access\"");
    assertThat(api("olga", "/status")).contains("health access 2026-11-27");
    for (String name : List.of("ana", "rui")) {
      assertThat(signedIn(name).get("/agencies").body()).as(name).doesNotContain("siem");
      assertThat(signedIn(name).get("/agencies/health").body()).as(name).doesNotContain("siem");
      assertThat(api(name, "/endings")).as(name).doesNotContain("access");
    }
    assertThat(api("ana", "/status")).contains("durable").doesNotContain("\"ending\"");
  }

  @Test
  void what_is_urgent_is_asked_for_when_it_is_measured_and_not_by_who_reads() {
    certificate("finance", 2);
    var endings = new Endings(centre.certificates, centre.tokens, List::of, centre.clock);
    assertThat(endings.urgent()).isEmpty();
    endings.measure(new SimpleMeterRegistry()).run();
    assertThat(endings.urgent()).hasSize(1);
  }

  @Test
  void an_agency_sees_its_own_and_nothing_of_the_centre() {
    certificate("finance", 20);
    certificate("health", 20);
    centre.faults.ownEndings.add(
        Ending.ours(Ending.Kind.AUTHORITY, centre.clock.instant().plus(Duration.ofDays(9))));
    assertThat(signedIn("olga").get("/agencies").body())
        .contains("certificate authority", "keys/ca.pem", "agency cert finance");
    assertThat(signedIn("rui").get("/agencies").body())
        .contains("agency cert health")
        .doesNotContain("certificate authority", "agency cert finance");
    assertThat(api("rui", "/endings"))
        .contains("\"kind\":\"client\"", "\"agency\":\"health\"", "\"days\":20", "\"over\":false")
        .doesNotContain("finance", "authority");
    assertThat(api("olga", "/endings")).contains("\"total\":3", "\"kind\":\"authority\"");
    assertThat(api("olga", "/status")).as("none within a week").doesNotContain("\"ending\"");
  }

  @Test
  void the_metric_says_the_seconds_to_the_first_end_of_each_kind() {
    certificate("finance", 60);
    certificate("finance", 20);
    token("health", Duration.ofDays(400));
    var metrics = new SimpleMeterRegistry();
    var measure =
        new Endings(centre.certificates, centre.tokens, List::of, centre.clock).measure(metrics);
    measure.run();
    assertThat(seconds(metrics, "client", "finance")).isEqualTo(20 * 86_400);
    assertThat(seconds(metrics, "token", "health")).isEqualTo(400 * 86_400);
    centre.later(Duration.ofDays(21));
    measure.run();
    assertThat(seconds(metrics, "client", "finance")).isEqualTo(-86_400);
  }

  private static double seconds(SimpleMeterRegistry metrics, String what, String agency) {
    return metrics
        .get("farol_health_ending_seconds")
        .tags("what", what, "agency", agency)
        .gauge()
        .value();
  }

  private String certificate(String agency, int days) {
    return centre.certificates.issue(agency, Duration.ofDays(days), "test").issued().serial();
  }

  private String token(String agency, Duration lifetime) {
    centre.tokens.ingest(
        agency, new IngestTerms("scada", Optional.of(lifetime), List.of()), "test");
    return centre.tokens.ofAgency(agency).getFirst().id();
  }

  private String api(String name, String path) {
    return new Visitor(centre).api(centre.token(name), "GET", path, "").body();
  }

  private Visitor signedIn(String name) {
    var visitor = new Visitor(centre);
    visitor.enter(name);
    return visitor;
  }
}
