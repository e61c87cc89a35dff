package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code farol verify} and {@code farol seal}, from the centre to a responder's desk. */
class VerifyTest {
  private static final int LINES = 30;

  @TempDir Path folder;
  private Farol farol;

  @BeforeEach
  void start() throws IOException {
    farol = Farol.open(config()).start();
    var to = farol.listener("intake.syslog.tcp");
    try (var socket = new Socket(to.getAddress(), to.getPort())) {
      for (int i = 0; i < LINES; i++) {
        String line = "<13>1 2026-11-25T20:00:00Z pier app - - - line " + i + "\n";
        socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> heads().contains("\n" + LINES + "\n"));
    await().atMost(Duration.ofSeconds(30)).until(() -> farol.status().indexed() == LINES);
  }

  @AfterEach
  void stop() {
    farol.close();
  }

  @Test
  void an_exported_package_is_proven_elsewhere_with_the_printed_key_and_not_once_it_was_changed()
      throws Exception {
    String key = farol("seal", "key", "--home", home());
    Path evidence = folder.resolve("case.json");
    farol("seal", "export", "--home", home(), "--out", evidence.toString(), "3", "7-9");
    String elsewhere = folder.resolve("elsewhere").toString();

    assertThat(farol("verify", evidence.toString(), "--key", key, "--home", elsewhere))
        .contains("events, 7 to 9, are as they were received")
        .endsWith("proven");

    String text = Files.readString(evidence);
    Files.writeString(evidence, text.replace("\"agency\":\"agency-a\"", "\"agency\":\"agency-b\""));
    assertThat(status("verify", evidence.toString(), "--key", key)).isEqualTo(1);
    assertThat(printed).contains("WRONG: event 7 was changed").endsWith("NOT proven");
  }

  @Test
  void a_package_alone_does_not_say_whom_to_trust() {
    Path evidence = folder.resolve("case.json");
    farol("seal", "export", "--home", home(), "--out", evidence.toString(), "3");
    String elsewhere = folder.resolve("elsewhere").toString();

    assertThat(status("verify", evidence.toString(), "--home", elsewhere)).isEqualTo(2);
    assertThat(status("verify", "no-such-file.json")).isEqualTo(2);
    assertThat(status("verify", evidence.toString(), "--key", "nonsense")).isEqualTo(2);
    assertThat(status("verify", evidence.toString(), "--from", "3")).isEqualTo(2);
    assertThat(status("verify", "--home", elsewhere)).isEqualTo(2);
  }

  @Test
  void a_home_is_proven_beside_the_running_centre_whole_and_in_parts() {
    assertThat(farol("verify", "--home", home())).endsWith("proven");
    assertThat(farol("verify", "--home", home(), "--from", "3", "--to", "9")).endsWith("proven");
    assertThat(farol("verify", "--home", home(), "--segment", "1")).endsWith("proven");
    assertThat(status("verify", "--home", home(), "--segment", "9")).isEqualTo(1);
    assertThat(status("verify", "--home", home(), "--from", "9", "--to", "3")).isEqualTo(2);
  }

  @Test
  void a_key_that_was_rotated_leaves_all_provable_with_the_key_that_was_handed_out()
      throws Exception {
    String old = farol("seal", "key", "--home", home());
    // Before it the centre of this very process may have logged the request.
    String next = farol("seal", "rotate", "--home", home()).lines().toList().getLast();
    assertThat(next).startsWith(old.substring(0, old.indexOf('+'))).isNotEqualTo(old);
    var to = farol.listener("intake.syslog.tcp");
    try (var socket = new Socket(to.getAddress(), to.getPort())) {
      socket
          .getOutputStream()
          .write("<13>1 - pier app - - - after\n".getBytes(StandardCharsets.UTF_8));
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> heads().contains("\n31\n"));

    Path evidence = folder.resolve("case.json");
    farol("seal", "export", "--home", home(), "--out", evidence.toString(), "30");
    for (String key : List.of(old, next)) {
      assertThat(farol("verify", "--home", home(), "--key", key)).endsWith("proven");
      assertThat(farol("verify", evidence.toString(), "--key", key)).endsWith("proven");
    }
    assertThat(farol.desk().deeds().firstBroken()).isEmpty();
    String own = folder.resolve("witness.key").toString();
    String witness = farol("seal", "witness-key", "--name", "court.example", "--out", own);
    assertThat(status("verify", "--home", home(), "--witness", witness)).isEqualTo(1);
    assertThat(printed).contains("WRONG: witness court.example cosigned no head");
    Path head = folder.resolve("head");
    Files.writeString(head, heads());
    Path rotations = folder.resolve("rotations");
    Files.writeString(rotations, get("operator", Optional.empty(), "/seal/key"));
    String seen = folder.resolve("seen").toString();
    String[] cosign = {
      "seal", "cosign", "--key", old, "--witness", own, "--seen", seen, head.toString()
    };
    assertThat(status(cosign)).isEqualTo(1);
    assertThat(farol(append(cosign, "--rotations", rotations.toString())))
        .startsWith("— court.example ");
    assertThat(get("agency", Optional.of("agency-b"), "/seal/key")).contains("rotations");
  }

  private static String[] append(String[] some, String... more) {
    return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void a_witness_cosigns_what_follows_and_refuses_what_does_not() throws IOException {
    String key = farol("seal", "key", "--home", home());
    String own = folder.resolve("witness.key").toString();
    farol("seal", "witness-key", "--name", "court.example", "--out", own);
    Path head = folder.resolve("head");
    Files.writeString(head, farol("seal", "head", "--home", home()) + "\n");
    String seen = folder.resolve("seen").toString();

    var cosign =
        List.of("seal", "cosign", "--key", key, "--witness", own, "--seen", seen, head.toString());
    assertThat(farol(cosign.toArray(String[]::new))).startsWith("— court.example ");

    Files.writeString(head, Files.readString(head).replace("\n" + LINES + "\n", "\n31\n"));
    assertThat(status(cosign.toArray(String[]::new))).isEqualTo(1);
  }

  @Test
  void the_api_gives_an_event_with_its_proof_and_only_to_who_may_see_it() throws Exception {
    assertThat(get("operator", Optional.empty(), "/events/5"))
        .contains("\"leafIndex\":5")
        .contains("\"path\":[")
        .contains("\"salt\":");
    assertThat(get("agency", Optional.of("agency-b"), "/events/5/proof")).contains("No such event");
    assertThat(get("agency", Optional.of("agency-b"), "/seal/evidence?first=0&last=5"))
        .doesNotContain("\"frame\"");
    assertThat(get("operator", Optional.empty(), "/status")).contains("\"sealed\":" + LINES);
    assertThat(get("operator", Optional.empty(), "/seal/consistency?first=0&second=99"))
        .contains("Not understood");
  }

  private String get(String role, Optional<String> agency, String path) throws Exception {
    var person =
        new Person(
            "p-" + role, role, Role.valueOf(role.toUpperCase(java.util.Locale.ROOT)), agency);
    String token = farol.desk().people().tokens().api(person, "test", Optional.empty(), "test");
    var request =
        HttpRequest.newBuilder(URI.create(farol.console() + "/api/v1" + path))
            .header("Authorization", "Bearer " + token)
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private String heads() {
    return farol("seal", "head", "--home", home()) + "\n";
  }

  private String home() {
    return folder.resolve("home").toString();
  }

  private Config config() {
    var settings = new ArrayList<>(FreePorts.SETTINGS);
    settings.addAll(List.of("console.tls=false", "seal.every=100ms"));
    return Config.read(Path.of(home()), Optional.empty(), settings);
  }

  private String printed = "";

  private String farol(String... arguments) {
    status(arguments);
    return printed;
  }

  private int status(String... arguments) {
    var out = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      return Main.run(arguments);
    } finally {
      System.setOut(out);
      printed = bytes.toString(StandardCharsets.UTF_8).strip();
    }
  }
}
