package mo.farol.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PlaybookCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String START = "start--11111111-1111-4111-8111-111111111111";
  private static final String ACTION = "action--22222222-2222-4222-8222-222222222222";
  private static final String END = "end--33333333-3333-4333-8333-333333333333";
  private static final String AGENT = "group--44444444-4444-4444-8444-444444444444";
  private static final String GOOD =
      """
      {"type": "playbook", "spec_version": "cacao-2.0",
       "id": "playbook--55555555-5555-4555-8555-555555555555", "name": "Small",
       "created_by": "identity--66666666-6666-4666-8666-666666666666",
       "created": "2026-11-24T00:00:00.000Z", "modified": "2026-11-24T00:00:00.000Z",
       "workflow_start": "start--11111111-1111-4111-8111-111111111111",
       "workflow": {
         "start--11111111-1111-4111-8111-111111111111": {"type": "start",
           "on_completion": "action--22222222-2222-4222-8222-222222222222"},
         "action--22222222-2222-4222-8222-222222222222": {"type": "action", "name": "Call",
           "commands": [{"type": "manual", "command": "call somebody"}],
           "agent": "group--44444444-4444-4444-8444-444444444444",
           "on_completion": "end--33333333-3333-4333-8333-333333333333"},
         "end--33333333-3333-4333-8333-333333333333": {"type": "end"}},
       "agent_definitions": {
         "group--44444444-4444-4444-8444-444444444444": {"type": "group", "name": "Duty"}}}
      """;

  @Test
  void a_small_good_playbook_has_no_problem() {
    assertThat(broken(_ -> {})).isEmpty();
  }

  @Test
  void the_schemas_own_playbooks_are_good_and_the_invalid_ones_are_refused() throws IOException {
    for (Path file : official()) {
      var problems = PlaybookCheck.check(JSON.readTree(file.toFile()));
      boolean bad = file.toString().contains("invalid") || file.toString().contains("changed");
      if (bad) {
        assertThat(problems).as(file.toString()).isNotEmpty();
      } else {
        assertThat(problems).as(file.toString()).isEmpty();
      }
    }
  }

  @Test
  void our_own_playbooks_pass_the_official_schema() throws IOException {
    var schema = OfficialSchema.load();
    assertThat(schema.errors(GOOD)).isEmpty();
    assertThat(schema.errors(GOOD.replace("cacao-2.0", "cacao-3.0"))).isNotEmpty();
    try (var entries = Files.list(Path.of("book"))) {
      for (Path entry : entries.filter(Files::isDirectory).toList()) {
        assertThat(schema.errors(Files.readString(entry.resolve("playbook.json"))))
            .as(entry.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void what_is_missing_or_malformed_is_named_with_its_place() {
    assertThat(broken(p -> p.remove("created_by"))).containsExactly("/created_by required");
    assertThat(broken(p -> p.put("spec_version", "cacao-1.1")))
        .containsExactly("/spec_version spec_version");
    assertThat(broken(p -> p.put("id", "playbook--1"))).containsExactly("/id id");
    assertThat(broken(p -> p.put("created", "yesterday"))).contains("/created time");
    assertThat(broken(p -> p.put("severity", 101))).containsExactly("/severity scale");
    assertThat(broken(p -> p.putArray("workflow"))).contains("/workflow object");
  }

  @Test
  void steps_that_lead_nowhere_or_can_not_be_reached_are_named() {
    assertThat(broken(p -> p.put("workflow_start", "start--" + ACTION.substring(8))))
        .contains("/workflow_start dangling");
    assertThat(broken(p -> step(p, ACTION).put("on_completion", END.replace('3', '9'))))
        .contains("/workflow/" + ACTION + " dangling", "/workflow/" + END + " unreachable");
    assertThat(broken(p -> step(p, ACTION).remove("on_completion")))
        .contains("/workflow/" + ACTION + " next", "/workflow end");
    assertThat(broken(p -> step(p, END).put("on_completion", START)))
        .containsExactly("/workflow/" + END + " end");
  }

  @Test
  void pointers_that_contradict_each_other_are_named() {
    assertThat(broken(p -> step(p, ACTION).put("on_failure", END)))
        .containsExactly("/workflow/" + ACTION + " exclusive");
    assertThat(broken(p -> step(p, START).put("on_success", ACTION)))
        .contains("/workflow/" + START + " start");
  }

  @Test
  void commands_agents_and_variables_are_looked_at() {
    assertThat(broken(p -> step(p, ACTION).put("agent", AGENT.replace('4', '7'))))
        .containsExactly("/workflow/" + ACTION + "/agent dangling");
    assertThat(broken(p -> step(p, ACTION).putArray("commands").addObject().put("type", "bash")))
        .containsExactly("/workflow/" + ACTION + "/commands/0 command");
    assertThat(broken(p -> ((ObjectNode) p.path("agent_definitions").path(AGENT)).put("type", "x")))
        .containsExactly("/agent_definitions/" + AGENT + "/type type");
    assertThat(
            broken(p -> p.putObject("playbook_variables").putObject("_a_").put("type", "string")))
        .containsExactly("/playbook_variables/_a_ variable");
  }

  @Test
  void an_unknown_command_is_shown_to_a_person_and_a_variable_nobody_declared_is_doubted() {
    var root = good();
    var command = (ObjectNode) root.at("/workflow/" + ACTION + "/commands/0");
    command.put("type", "ftp").put("command", "get __file__:value");
    assertThat(PlaybookCheck.check(root)).isEmpty();
    assertThat(PlaybookCheck.warnings(root))
        .extracting(Problem::code)
        .containsExactly("command", "undeclared");
    assertThat(Playbook.parse(root.toString()).step(ACTION).orElseThrow().instructions())
        .containsExactly("ftp: get __file__:value");
  }

  @Test
  void what_we_do_not_know_of_travels_on() {
    var root = good();
    root.putObject("playbook_extensions").putObject("extension-definition--x").put("y", 1);
    root.put("from_tomorrow", true);
    assertThat(Playbook.parse(root.toString()).text()).isEqualTo(root.toString());
  }

  @Test
  void something_else_than_a_playbook_is_refused_in_words() {
    assertThatThrownBy(() -> Playbook.parse("[]")).isInstanceOf(PlaybookFault.class);
    assertThatThrownBy(() -> Playbook.parse("{")).hasMessageStartingWith("not JSON");
    assertThatThrownBy(() -> Playbook.parse("")).isInstanceOf(PlaybookFault.class);
  }

  private static List<String> broken(Consumer<ObjectNode> change) {
    var root = good();
    change.accept(root);
    return PlaybookCheck.check(root).stream().map(p -> p.pointer() + " " + p.code()).toList();
  }

  private static ObjectNode step(ObjectNode root, String id) {
    return (ObjectNode) root.path("workflow").path(id);
  }

  private static ObjectNode good() {
    try {
      JsonNode root = JSON.readTree(GOOD);
      return (ObjectNode) root;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> official() throws IOException {
    var folder = SharedData.find("standards/cacao-2.0/playbooks");
    Assumptions.assumeTrue(folder.isPresent(), "no CACAO playbooks beside the project");
    try (Stream<Path> files = Files.list(folder.orElseThrow())) {
      return files.sorted().toList();
    }
  }
}
