package mo.farol.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameBatchTest {
  private static final byte[] LINE = "a line of twenty-five byte".getBytes(StandardCharsets.UTF_8);

  @Test
  void a_builder_grows_past_its_first_array_whichever_way_frames_come_in() {
    var builder = new FrameBatch.Builder();
    for (int i = 0; i < 1000; i++) {
      builder.add(LINE, 0, LINE.length, (byte) 0);
      builder.add(ByteBuffer.wrap(LINE), LINE.length, FrameBatch.TRUNCATED);
    }
    var batch = builder.build(Origin.live("a", "test", ""), 0);
    assertThat(batch.count()).isEqualTo(2000);
    assertThat(batch.size()).isEqualTo(2000 * LINE.length);
    for (int i = 0; i < batch.count(); i++) {
      assertThat(batch.bytes()).startsWith(LINE);
      assertThat(batch.frame(i, 0).text()).isEqualTo(new String(LINE, StandardCharsets.UTF_8));
      assertThat(batch.marks(i)).isEqualTo(i % 2 == 0 ? 0 : FrameBatch.TRUNCATED);
    }
  }
}
