package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** STIX patterns, STIX 2.1 section 9. */
class PatternReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          [ipv4-addr:value = '45.83.64.1']                            ! ip 45.83.64.1
          [ ipv4-addr:value == '45.83.64.1' /* c2 */ ]                ! ip 45.83.64.1
          [ipv4-addr:value = '45.83.64.0/24']                         ! cidr 45.83.64.0/24
          [ipv4-addr:value ISSUBSET '45.83.64.0/24']                  ! cidr 45.83.64.0/24
          [ipv6-addr:value ISSUBSET '2a02::/32']                      ! cidr 2a02::/32
          [ipv4-addr:value ISSUPERSET '45.83.64.1/32']                ! ip 45.83.64.1/32
          [network-traffic:src_ref.value IN ('10.0.0.0', '10.0.0.1')] ! ip 10.0.0.0, ip 10.0.0.1
          [network-traffic:dst_ref.type = 'domain-name' AND network-traffic:dst_ref.value = 'evil.test'] ! domain evil.test
          [domain-name:value = 'a.test' OR url:value = 'http://b.test/']  ! domain a.test, url http://b.test/
          [domain-name:value = 'a.test'] OR ([domain-name:value = 'b.test']) ! domain a.test, domain b.test
          [email-addr:value = 'a@b.test']                             ! mail a@b.test
          [file:hashes.'SHA-256' = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' OR file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e'] ! sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, md5 d41d8cd98f00b204e9800998ecf8427e
          [(file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' AND (file:name = 'x.dll' AND file:parent_directory_ref.path = '/usr/local'))] ! md5 d41d8cd98f00b204e9800998ecf8427e {file:name x.dll, file:parent_directory_ref.path /usr/local}
          [file:name = 'it\\'s\\\\.exe']                              ! file it's\\.exe
          [ipv4-addr:value = '45.83.64.1' AND domain-name:value = 'a.test'] ! ip 45.83.64.1 & domain a.test
          [ipv4-addr:value = '45.83.64.1' AND (domain-name:value = 'a.test' OR domain-name:value = 'b.test')] ! ip 45.83.64.1 & domain a.test, domain b.test
          [(ipv4-addr:value = '45.83.64.1' AND domain-name:value = 'a.test') OR url:value = 'http://b.test/'] ! ip 45.83.64.1 & domain a.test, url http://b.test/
          [file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' AND file:hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709'] ! md5 d41d8cd98f00b204e9800998ecf8427e, sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709
          [file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' AND file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427f'] ! md5 d41d8cd98f00b204e9800998ecf8427e & md5 d41d8cd98f00b204e9800998ecf8427f
          [file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' AND process:image_ref.hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709'] ! md5 d41d8cd98f00b204e9800998ecf8427e & sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709
          """)
  void the_values_of_which_one_is_enough(String pattern, String values) throws PatternFault {
    var read =
        PatternReader.read(pattern).stream()
            .map(
                group ->
                    group.stream().map(PatternReaderTest::part).collect(Collectors.joining(" & ")))
            .collect(Collectors.joining(", "));
    assertThat(read).isEqualTo(values);
  }

  private static String part(PatternPart.Values part) {
    return part.any().stream()
        .map(
            v ->
                v.kind().word()
                    + " "
                    + v.text()
                    + (v.labels().isEmpty() ? "" : " {" + String.join("; ", v.labels()) + "}"))
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          [ipv4-addr:value = '1.2.3.4'] AND [file:name = 'x']  ! 31 ! AND of several observations is not read: a hit is one event
          [ipv4-addr:value = '1.2.3.4'] FOLLOWEDBY [file:name = 'x'] ! 31 ! FOLLOWEDBY of several observations is not read: a hit is one event
          [ipv4-addr:value = '1.2.3.4'] REPEATS 5 TIMES        ! 31 ! the qualifier REPEATS is not read
          [ipv4-addr:value = '1.2.3.4'] WITHIN 5 SECONDS       ! 31 ! the qualifier WITHIN is not read
          [domain-name:value LIKE '%.evil.test']               ! 20 ! LIKE is not read
          [domain-name:value NOT = 'evil.test']                ! 20 ! NOT is not read
          [domain-name:value MATCHES 'e.*']                    ! 20 ! MATCHES is not read
          [mutex:name = 'foo']                                 ! 2  ! mutex:name is not looked at in events
          [file:hashes.ssdeep = 'x' OR file:name = 'y']        ! 2  ! file:hashes.ssdeep is not looked at in events
          [file:size = 12]                                     ! 2  ! file:size is looked at only beside a digest of the file
          [domain-name:value ISSUBSET '1.0.0.0/8']             ! 20 ! ISSUBSET is for addresses only
          [ipv4-addr:value ISSUPERSET '1.0.0.0/8']             ! 18 ! ISSUPERSET of a network is never seen: events hold single addresses
          [ipv4-addr:value = '1.2.3.4' AND file:size = 12]     ! 34 ! AND of ipv4-addr:value and file:size is not read: name, size and folder of a file stand beside its digests
          [ipv4-addr:value = '1.2.3.4'                         ! 29 ! ] is expected here, not the end
          [ipv4-addr:value = '1.2.3.4                          ! 20 ! a string without an end
          [ipv4-addr:value = '1.2.3']                          ! 2  ! ipv4-addr:value: not an IP address
          ipv4-addr:value = '1.2.3.4'                          ! 1  ! an observation begins with [, not with ipv4-addr
          """)
  void everything_else_is_refused_by_name_and_column(String pattern, int column, String reason) {
    var fault = catchThrowableOfType(PatternFault.class, () -> PatternReader.read(pattern));
    assertThat(fault).hasMessage(reason);
    assertThat(fault.column()).isEqualTo(column);
  }

  @Test
  void nesting_and_sets_have_bounds() {
    String deep = "(".repeat(5000) + "[a:b = 'c']";
    assertThat(catchThrowableOfType(PatternFault.class, () -> PatternReader.read(deep)))
        .hasMessage("nested deeper than 50");
    String inside = "[" + "(".repeat(5000) + "a:b = 'c'";
    assertThat(catchThrowableOfType(PatternFault.class, () -> PatternReader.read(inside)))
        .hasMessage("nested deeper than 50");
    String many = "[a:b IN (" + "'x',".repeat(10_001) + "'x')]";
    assertThat(catchThrowableOfType(PatternFault.class, () -> PatternReader.read(many)))
        .hasMessage("more than 10000 values");
    assertThat(
            catchThrowableOfType(PatternFault.class, () -> PatternReader.read("x".repeat(100_001))))
        .hasMessageContaining("longer than 100000");
  }
}
