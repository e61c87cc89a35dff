package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What comes while a handshake is under way. */
@ExtendWith(Leaks.class)
class HandshakeGuardTest {
  private final List<Object> behind = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel(new HandshakeGuard(), new Behind());

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void who_sends_on_before_the_handshake_is_over_is_not_read_for_long() {
    for (int i = 0; i < 2; i++) {
      channel.writeInbound(Unpooled.wrappedBuffer(new byte[64 << 10]));
      assertThat(channel.config().isAutoRead()).isTrue();
    }
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
    assertThat(channel.config().isAutoRead()).isFalse();
    channel.pipeline().remove(HandshakeGuard.class);
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(behind).hasSize(3);
  }

  @Test
  void who_has_left_is_closed_once_the_handshake_is_over_and_what_it_said_is_handed_on() {
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[10]));
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    channel.pipeline().fireUserEventTriggered("another");
    assertThat(channel.isOpen()).isTrue();
    channel.pipeline().remove(HandshakeGuard.class);
    channel.runPendingTasks();
    assertThat(channel.isOpen()).isFalse();
    assertThat(behind).containsExactly(10, "another");
  }

  private final class Behind extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      var bytes = (ByteBuf) message;
      behind.add(bytes.readableBytes());
      bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      behind.add(event);
    }
  }
}
