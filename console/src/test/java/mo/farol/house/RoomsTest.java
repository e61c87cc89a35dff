package mo.farol.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The house's walls: module order, no circles, each library in its home, an open door plate on
 * every room.
 */
class RoomsTest {
  /** Modules in the order an event travels; each may use those before it. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of(
              "disk",
              "event",
              "journal",
              "parse",
              "store",
              "pipe",
              "search",
              "wire",
              "syslog",
              "shipper",
              "post",
              "elastic",
              "splunk",
              "otlp",
              "intake",
              "flow",
              "seal",
              "proof",
              "retention",
              "identity"),
          List.of("sigma", "match", "window", "indicator", "alert", "silence", "hunt"),
          List.of("ledger", "regime", "incident", "playbook", "notice", "report"),
          List.of(
              "account",
              "onboard",
              "health",
              "folder",
              "saved",
              "attack",
              "rulebook",
              "hunting",
              "decision",
              "web",
              "export",
              "api",
              "page",
              "centre",
              "backup",
              "doctor",
              "sample",
              "bench",
              "app",
              "house"));

  /** A library and the rooms that may speak it. */
  private static final Map<String, List<String>> HOMES =
      Map.of(
          "io.netty", List.of("intake", "wire", "syslog", "shipper", "post"),
          "org.apache.lucene", List.of("store", "search"),
          "org.drools", List.of("alert"),
          "org.kie", List.of("alert"),
          "com.github.javaparser", List.of("alert"),
          "org.jdbi",
              List.of("ledger", "incident", "playbook", "report", "account", "saved", "rulebook"),
          "io.javalin", List.of("web", "export", "api", "page"),
          "gg.jte", List.of("web", "page"),
          "picocli", List.of("app"));

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("mo.farol");

  @Test
  void every_room_stands_on_a_known_floor() {
    var rooms = new TreeSet<String>();
    HOUSE.forEach(c -> rooms.add(room(c.getPackageName())));
    assertThat(FLOORS.stream().flatMap(List::stream)).containsAll(rooms);
    assertThat(rooms).contains("event", "journal", "alert", "ledger", "page");
  }

  @Test
  void a_module_uses_only_those_before_it() {
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      for (int above = floor + 1; above < FLOORS.size(); above++) {
        noClasses()
            .that()
            .resideInAnyPackage(packages(FLOORS.get(floor)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages(FLOORS.get(above)))
            .allowEmptyShould(true)
            .check(HOUSE);
      }
    }
  }

  @Test
  void rooms_are_free_of_circles() {
    slices().matching("mo.farol.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void each_library_keeps_to_its_home() {
    HOMES.forEach(
        (library, rooms) ->
            noClasses()
                .that()
                .resideOutsideOfPackages(packages(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(HOUSE));
  }

  @Test
  void every_room_has_a_plate_on_its_door() {
    var plated = new TreeSet<String>();
    HOUSE.forEach(
        c -> {
          if (c.getSimpleName().equals("package-info")) {
            plated.add(c.getPackageName());
          }
        });
    var rooms = new TreeSet<String>();
    HOUSE.forEach(c -> rooms.add(c.getPackageName()));
    rooms.removeIf(name -> name.startsWith("mo.farol.page.jte") || name.startsWith("gg.jte"));
    assertThat(plated).containsAll(rooms);
  }

  @Test
  void no_one_reads_the_clock_behind_our_back_in_the_rooms_of_the_event_path() {
    noClasses()
        .that()
        .resideInAnyPackage(packages(List.of("parse", "sigma", "match", "window")))
        .should()
        .callMethod(java.time.Instant.class, "now")
        .check(HOUSE);
  }

  private static String[] packages(List<String> rooms) {
    return rooms.stream().map(r -> "mo.farol." + r + "..").toArray(String[]::new);
  }

  private static String room(String packageName) {
    return packageName.split("\\.", -1)[2];
  }
}
