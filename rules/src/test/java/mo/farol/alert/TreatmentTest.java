package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreatmentTest {
  @TempDir private Path home;
  private final Map<String, Alert> alerts = new LinkedHashMap<>();
  private AlertDesk desk = desk(DecisionBook.shipped());

  /** Assets of a file, and what a test covers. */
  private record Known(Assets assets, Optional<Suppression> suppression) implements AlertContext {
    @Override
    public Optional<Asset> asset(String agency, List<Alert.Entity> entities) {
      return assets.of(agency, entities);
    }

    @Override
    public Optional<Suppression> cover(Draft draft) {
      return draft.agency().equals(Alert.NATIONAL) ? Optional.empty() : suppression;
    }
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void what_much_hangs_on_is_graver_and_the_alert_says_so_in_words_and_data() throws Exception {
    Files.writeString(
        home.resolve("assets.csv"),
        """
        agency;kind;value;criticality;owner;service
        a;host;db-*;5;Ana;citizens' register
        a;network;198.51.100.0/24;2;;
        """);
    var assets = Assets.read(home.resolve("assets.csv"));
    assertThat(assets.faults()).isEmpty();
    open("", new Known(assets, Optional.empty()));
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 0, "db-01"));
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 2, 0, "web-01"));

    var grave = ofHost("db-01");
    assertThat(grave.severity()).isEqualTo(Level.CRITICAL);
    assertThat(grave.why()).anySatisfy(w -> assertThat(w).contains("criticality 5", "register"));
    assertThat(grave.steps())
        .extracting(WhyStep::kind)
        .containsExactly(
            WhyStep.Kind.DETECTION,
            WhyStep.Kind.DECISION,
            WhyStep.Kind.ASSET,
            WhyStep.Kind.DECISION);
    assertThat(grave.steps().getLast().matches())
        .containsExactly(
            new WhyStep.Match("", "level", "critical", "high"),
            new WhyStep.Match("", WhyFields.BECAUSE, "criticality is 5", ""));
    assertThat(grave.steps().getFirst().events()).hasSize(1);
    assertThat(ofHost("web-01").severity()).isEqualTo(Level.HIGH);
  }

  @Test
  void the_first_row_of_a_table_that_fits_holds_and_what_it_hides_is_there_and_counted()
      throws Exception {
    open(
        """
        rule,level,entity,network,set level,set title,suppress,because
        web-shell,high,host.name=test-*,,,,yes,a machine to try things on
        web-*,high,,198.51.100.0/24,low,{title} on {host},,
        web-shell,high,,,critical,,,
        """,
        AlertContext.NONE);
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 0, "test-01"));
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 2, 0, "web-01"));
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 3, 60, "test-01"));

    var hidden = ofHost("test-01");
    assertThat(hidden.status()).isEqualTo(Alert.Status.SUPPRESSED);
    assertThat(hidden.hiddenBy()).hasValueSatisfying(by -> assertThat(by).contains("TABLE:"));
    assertThat(hidden.count()).isEqualTo(2);
    assertThat(hidden.why()).last().asString().contains("a machine to try things on");
    assertThat(ofHost("web-01").title()).isEqualTo("web-shell on web-01");
    assertThat(ofHost("web-01").severity()).isEqualTo(Level.LOW);
  }

  @Test
  void a_row_says_who_is_told_and_names_that_are_none_are_faults() throws Exception {
    open(
        """
        rule,entity,notify,because
        web-shell,host.name=db-*,ana | rui@finance,whoever looks after the register
        """,
        AlertContext.NONE);
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 0, "db-01"));
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 2, 0, "web-01"));

    assertThat(ofHost("db-01").told()).containsExactly("ana", "rui@finance");
    assertThat(ofHost("db-01").why())
        .last()
        .asString()
        .contains("told to ana, rui@finance, since whoever looks after the register");
    assertThat(ofHost("web-01").told()).isEmpty();
    Files.writeString(home.resolve("alert/own.csv"), "rule,entity,notify\nx,,ana|<b>\n");
    assertThat(DecisionBook.shippedWith(home.resolve("alert")).faults())
        .singleElement()
        .asString()
        .contains("column C (notify)", "not '<b>'");
  }

  @Test
  void a_rule_of_ones_own_keeps_a_time_of_day_out_of_the_queue() throws Exception {
    Files.createDirectories(home.resolve("alert"));
    Files.writeString(
        home.resolve("alert/backup.drl"),
        """
        package decide.backup;
        import mo.farol.alert.Draft;
        global mo.farol.alert.Desk desk;
        rule "backup-window" when
          $draft : Draft(ruleId == "web-shell", isAbout("host.name", "db-*"), within("07:30-08:30"))
        then
          desk.treat(drools, $draft).suppress("the nightly backup").category("other", "it is ours")
              .tell("ana", "she made it");
        end
        """);
    open("", AlertContext.NONE);
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 0, "db-01"));
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 2, 3600, "db-02"));

    assertThat(ofHost("db-01").status()).isEqualTo(Alert.Status.SUPPRESSED);
    assertThat(ofHost("db-01").category()).isEqualTo("other");
    assertThat(ofHost("db-01").told()).containsExactly("ana");
    assertThat(ofHost("db-01").why()).anySatisfy(w -> assertThat(w).contains("nightly backup"));
    assertThat(ofHost("db-02").status()).isEqualTo(Alert.Status.OPEN);
  }

  @Test
  void once_an_exception_is_over_the_same_group_is_an_alert_of_its_own() throws Exception {
    var suppression = new Suppression(Suppression.Kind.EXCEPTION, "7", "scanner", "ours (ana)");
    open("", new Known(Assets.NONE, Optional.of(suppression)));
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 0));
    assertThat(alerts.values())
        .singleElement()
        .extracting(Alert::hiddenBy)
        .isEqualTo(Optional.of("EXCEPTION:7"));

    desk.heed(AlertContext.NONE);
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 2, 60));
    assertThat(alerts.values())
        .extracting(Alert::status)
        .containsExactly(Alert.Status.SUPPRESSED, Alert.Status.OPEN);
    assertThat(alerts.values()).extracting(Alert::count).containsExactly(1L, 1L);
  }

  @Test
  void a_maintenance_marks_what_is_critical_and_hides_the_rest() throws Exception {
    var suppression =
        new Suppression(Suppression.Kind.MAINTENANCE, "3", "patch night", "planned (ana)");
    open("", new Known(Assets.NONE, Optional.of(suppression)));
    desk.detected(Seen.detection("web-shell", Level.CRITICAL, "a", 1, 0, "db-01"));
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 2, 0, "web-01"));

    assertThat(ofHost("db-01").status()).isEqualTo(Alert.Status.OPEN);
    assertThat(ofHost("db-01").steps())
        .extracting(WhyStep::kind)
        .contains(WhyStep.Kind.MAINTENANCE);
    assertThat(ofHost("web-01").status()).isEqualTo(Alert.Status.SUPPRESSED);
  }

  @Test
  void what_is_hidden_makes_no_campaign() throws Exception {
    var suppression = new Suppression(Suppression.Kind.EXCEPTION, "7", "scanner", "ours (ana)");
    open("", new Known(Assets.NONE, Optional.of(suppression)));
    for (String agency : List.of("a", "b", "c")) {
      desk.detected(Seen.detection("web-shell", Level.HIGH, agency, agency.charAt(0), 0));
    }
    assertThat(alerts.values()).extracting(Alert::agency).doesNotContain(Alert.NATIONAL);
  }

  @Test
  void every_wrong_cell_of_a_table_is_named_with_its_row_and_column_and_other_rows_hold()
      throws Exception {
    Files.writeString(
        home.resolve("own.csv"),
        """
        # comment
        rule,level,asset,hours,network,set level,suppress
        web-shell,grave,,,,critical,
        web-shell,,9,,,critical,
        web-shell,,,whenever,,critical,
        web-shell,,,,10.0.0.0/99,critical,
        web-shell,,,,,awful,
        web-shell,,,,,,perhaps
        ,,,,,critical,
        web-shell,,,,,,
        web-shell,,,Mon-Fri 08:00-18:00 Asia/Macau,,critical,
        """);
    Files.writeString(home.resolve("other.csv"), "rule,colour\nx,red\n");
    var book = DecisionBook.shippedWith(home);

    assertThat(book.rules()).extracting(r -> r.id()).contains("own.csv row 11");
    assertThat(book.faults())
        .extracting(DrlFault::toString)
        .satisfiesExactlyInAnyOrder(
            f -> assertThat(f).startsWith("other.csv:1: column B: 'colour' is no column"),
            f -> assertThat(f).startsWith("own.csv:3: column B (level): a level is"),
            f -> assertThat(f).startsWith("own.csv:4: column C (asset)"),
            f -> assertThat(f).startsWith("own.csv:5: column D (hours)"),
            f -> assertThat(f).startsWith("own.csv:6: column E (network)"),
            f -> assertThat(f).startsWith("own.csv:7: column F (set level)"),
            f -> assertThat(f).startsWith("own.csv:8: column G (suppress)"),
            f -> assertThat(f).startsWith("own.csv:9: column A (rule): a row without a condition"),
            f -> assertThat(f).startsWith("own.csv:10: column A (rule): nothing follows"));
  }

  private void open(String table, AlertContext context) throws IOException {
    Files.createDirectories(home.resolve("alert"));
    if (!table.isEmpty()) {
      Files.writeString(home.resolve("alert/own.csv"), table);
    }
    var book = DecisionBook.shippedWith(home.resolve("alert"));
    assertThat(book.faults()).isEmpty();
    desk.close();
    desk = desk(book);
    desk.heed(context);
  }

  private AlertDesk desk(DecisionBook book) {
    return new AlertDesk(
        book,
        _ -> RuleCard.BLANK,
        DeskConfig.standard(),
        new ManualClock(Seen.START),
        new SimpleMeterRegistry(),
        _ -> false,
        alert -> alerts.put(alert.id(), alert));
  }

  private Alert ofHost(String host) {
    return alerts.values().stream()
        .filter(a -> a.entities().contains(new Alert.Entity("host.name", host)))
        .findFirst()
        .orElseThrow();
  }
}
