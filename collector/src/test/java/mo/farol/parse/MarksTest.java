package mo.farol.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import mo.farol.event.Event;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.Original;
import org.junit.jupiter.api.Test;

/** What the collector noted of a frame. */
class MarksTest {
  private static final byte CUT = FrameBatch.TRUNCATED | FrameBatch.NOTED;

  @Test
  void a_cut_frames_length_and_hash_are_fields_of_its_event_and_no_part_of_its_text() {
    byte[] hash = new byte[32];
    hash[0] = (byte) 0xa7;
    byte[] frame = new byte[8 + Original.NOTE_BYTES];
    System.arraycopy("<13>abcd".getBytes(US_ASCII), 0, frame, 0, 8);
    Original.write(5_000_000_000L, hash, frame, 8);

    var event = parsed(frame, CUT);

    assertThat(event.message()).isEqualTo("abcd");
    assertThat(event.fields())
        .containsEntry("farol.truncated", "true")
        .containsEntry("farol.original.bytes", "5000000000")
        .containsEntry("farol.original.sha256", "a7" + "00".repeat(31));
  }

  @Test
  void a_frame_too_short_to_hold_a_note_has_none_whatever_its_marks_say() {
    var event = parsed("<13>abcd".getBytes(US_ASCII), CUT);
    assertThat(event.message()).isEqualTo("abcd");
    assertThat(event.fields()).doesNotContainKey("farol.original.bytes");
  }

  @Test
  void a_part_of_a_frame_says_so() {
    assertThat(parsed("<13>ha".getBytes(US_ASCII), FrameBatch.PARTIAL).fields())
        .containsEntry("farol.partial", "true")
        .doesNotContainKey("farol.guessed");
  }

  @Test
  void a_sender_cannot_say_what_a_frame_was() {
    byte[] forged =
        "{\"farol.original.bytes\":7,\"farol\":{\"truncated\":true}}".getBytes(US_ASCII);
    assertThat(parsed(forged, (byte) 0).fields())
        .doesNotContainKeys("farol.original.bytes", "farol.truncated");
  }

  private static Event parsed(byte[] frame, byte mark) {
    var builder = new FrameBatch.Builder();
    builder.add(frame, 0, frame.length, mark);
    var events = new EventBatch();
    new Parser(ParseConfig.defaults())
        .parse(builder.build(Origin.live("agency-a", "syslog.tcp", "192.0.2.7"), 0), 0, 0, events);
    return events.event(0);
  }
}
