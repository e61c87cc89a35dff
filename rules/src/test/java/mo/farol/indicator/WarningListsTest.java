package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mutes an indicator. */
class WarningListsTest {
  @TempDir Path folder;

  @Test
  void every_centre_has_reserved_networks_resolvers_and_the_empty_file() {
    var lists = WarningLists.standard();
    String reserved = "on the warning list 'private and reserved networks (RFC 6890)'";
    assertThat(lists.mutes(Kind.ADDRESS, "10.1.2.3")).contains(reserved);
    assertThat(lists.mutes(Kind.ADDRESS, "fe80::1")).contains(reserved);
    assertThat(lists.mutes(Kind.NETWORK, "0.0.0.0/0")).contains(reserved);
    assertThat(lists.mutes(Kind.URL, "http://192.168.1.1:8080/x")).contains(reserved);
    assertThat(lists.mutes(Kind.ADDRESS, "2001:4860:4860::8888"))
        .contains("on the warning list 'public DNS resolvers'");
    assertThat(lists.mutes(Kind.MD5, "D41D8CD98F00B204E9800998ECF8427E"))
        .contains("on the warning list 'digests of an empty file'");
    assertThat(lists.mutes(Kind.DOMAIN, "www.example.com")).isPresent();
    assertThat(lists.mutes(Kind.ADDRESS, "45.83.64.1")).isEmpty();
    assertThat(lists.mutes(Kind.DOMAIN, "evil.test")).isEmpty();
  }

  @Test
  void the_operator_gives_lists_in_the_form_of_misp_and_plain_ones() throws IOException {
    Files.writeString(
        folder.resolve("top.txt"), "# ranking\n1,Popular.test\n2,other.test\n45.90.0.0/16\n");
    Files.writeString(
        folder.resolve("host.json"),
        """
        {"name":"cloud","type":"hostname","list":["cloud.test"],"version":1,
         "matching_attributes":["domain","hostname","url"]}
        """);
    Files.writeString(
        folder.resolve("regex.json"),
        "{\"name\":\"patterns\",\"type\":\"regex\",\"list\":[\"/^update[0-9]+\\\\./i\",\"(\"]}");
    Files.writeString(
        folder.resolve("sub.json"),
        "{\"name\":\"parts\",\"type\":\"substring\",\"list\":[\"Sinkhole\"]}");
    Files.writeString(
        folder.resolve("wrong.json"), "{\"name\":\"x\",\"type\":\"magic\",\"list\":[]}");
    Files.writeString(folder.resolve("broken.json"), "{");
    Files.writeString(folder.resolve("notes.md"), "x");
    var reader = WarningListReader.read(folder);
    var lists = reader.lists();
    assertThat(lists.mutes(Kind.DOMAIN, "popular.test")).contains("on the warning list 'top.txt'");
    assertThat(lists.mutes(Kind.DOMAIN, "sub.popular.test")).isEmpty();
    assertThat(lists.mutes(Kind.ADDRESS, "45.90.1.1")).contains("on the warning list 'top.txt'");
    assertThat(lists.mutes(Kind.DOMAIN, "x.cloud.test")).contains("on the warning list 'cloud'");
    assertThat(lists.mutes(Kind.URL, "https://x.cloud.test/a"))
        .contains("on the warning list 'cloud'");
    assertThat(lists.mutes(Kind.MAIL, "a@cloud.test")).isEmpty();
    assertThat(lists.mutes(Kind.DOMAIN, "update7.test")).contains("on the warning list 'patterns'");
    assertThat(lists.mutes(Kind.DOMAIN, "a.sinkhole.test")).contains("on the warning list 'parts'");
    assertThat(reader.remarks()).hasSize(4);
    assertThat(reader.remarks()).anyMatch(r -> r.startsWith("broken.json: "));
    assertThat(reader.remarks())
        .contains(
            "notes.md: a warning list ends in .json or .txt",
            "wrong.json: a warning list has a type (cidr, string, hostname, …) and a list",
            "patterns: '(': no regular expression that is read here");
  }
}
