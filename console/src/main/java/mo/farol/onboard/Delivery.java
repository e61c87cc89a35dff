package mo.farol.onboard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Brings one message to a listener, as each kind of sender does; one connection, then it ends. */
final class Delivery {
  private static final int LONGEST_LINE = 8_192;
  private static final int GOODBYE_MILLIS = 2_000;

  private Delivery() {}

  /** One datagram. */
  static void datagram(InetSocketAddress to, byte[] message) throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(message, message.length, to));
    }
  }

  /** A line that nobody answers; a refused certificate shows when the connection ends. */
  static void unanswered(Socket socket, byte[] message) throws IOException {
    socket.getOutputStream().write(message);
    socket.getOutputStream().flush();
    socket.shutdownOutput();
    socket.setSoTimeout(GOODBYE_MILLIS);
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketTimeoutException e) {
      // it stays open for us: that says nothing against the line
    }
  }

  /** With the octet count of RFC 6587 section 3.4.1. */
  static byte[] counted(byte[] message) {
    return joined((message.length + " ").getBytes(US_ASCII), message);
  }

  /** Ended by LF. */
  static byte[] line(byte[] message) {
    return joined(message, new byte[] {'\n'});
  }

  /** One RELP session; returns once the message is answered 200. */
  static void relp(Socket socket, byte[] message) throws IOException {
    var out = socket.getOutputStream();
    var in = socket.getInputStream();
    String hello = "relp_version=0\nrelp_software=farol\ncommands=syslog";
    out.write(("1 open " + hello.length() + " " + hello + "\n").getBytes(US_ASCII));
    out.flush();
    mustBeGood(answer(in));
    out.write(("2 syslog " + message.length + " ").getBytes(US_ASCII));
    out.write(line(message));
    out.flush();
    mustBeGood(answer(in));
    out.write("3 close 0\n".getBytes(US_ASCII));
    out.flush();
  }

  // "NUMBER rsp LENGTH DATA" and LF.
  private static String answer(InputStream in) throws IOException {
    String number = word(in);
    String command = word(in);
    if (!number.matches("\\d{1,9}") || !command.equals("rsp")) {
      throw new IOException("it answered '" + number + " " + command + "', which is no RELP");
    }
    String length = word(in);
    if (!length.matches("\\d{1,4}")) {
      throw new IOException("it answered with a length of '" + length + "'");
    }
    byte[] data = in.readNBytes(Integer.parseInt(length) + 1);
    return new String(data, ISO_8859_1).strip();
  }

  private static void mustBeGood(String answer) throws IOException {
    if (!answer.startsWith("200")) {
      throw new IOException("it answered '" + answer.lines().findFirst().orElse("") + "'");
    }
  }

  private static String word(InputStream in) throws IOException {
    var word = new StringBuilder();
    for (int b = in.read(); b != ' ' && b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("it ended the connection without an answer");
      }
      if (word.length() > 32) {
        throw new IOException("it answered something else than RELP");
      }
      word.append((char) b);
    }
    return word.toString();
  }

  /** One window of one event, version 2; returns once it is acknowledged. */
  static void lumberjack(Socket socket, byte[] json) throws IOException {
    var bytes = ByteBuffer.allocate(16 + json.length);
    bytes.put((byte) '2').put((byte) 'W').putInt(1);
    bytes.put((byte) '2').put((byte) 'J').putInt(1).putInt(json.length).put(json);
    socket.getOutputStream().write(bytes.array());
    socket.getOutputStream().flush();
    byte[] answer = socket.getInputStream().readNBytes(6);
    if (!Arrays.equals(answer, new byte[] {'2', 'A', 0, 0, 0, 1})) {
      throw new EOFException("it ended the connection without an acknowledgement");
    }
  }

  /**
   * One POST; throws where the answer is not 200.
   *
   * @param authorization a header's value; empty for none
   */
  static void post(Socket socket, String path, String type, String authorization, byte[] body)
      throws IOException {
    var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: farol-intake\r\n");
    head.append("Connection: close\r\nContent-Type: ").append(type).append("\r\n");
    if (!authorization.isEmpty()) {
      head.append("Authorization: ").append(authorization).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    OutputStream out = socket.getOutputStream();
    out.write(joined(head.toString().getBytes(US_ASCII), body));
    out.flush();
    String[] status = statusLine(socket.getInputStream()).split(" ", 3);
    if (status.length < 2 || !status[1].equals("200")) {
      throw new IOException("it answered " + (status.length < 2 ? "nothing" : status[1]));
    }
  }

  private static String statusLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n' && line.size() < LONGEST_LINE; b = in.read()) {
      line.write(b);
    }
    return line.toString(UTF_8).strip();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
