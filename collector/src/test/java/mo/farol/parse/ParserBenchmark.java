package mo.farol.parse;

import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What one event costs to parse, refinement included, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ParserBenchmark {
  private static final int FRAMES = 1000;

  /** The lines that a government's day is made of; numbers and names differ in every line. */
  private static final String[] SYSLOG = {
    "<190>1 2025-03-10T06:00:00.493Z web-01.fazenda.example apache2 - - - 189.154.182.%d - -"
        + " [10/Mar/2025:06:00:00 +0000] \"GET /api/v1/agenda?page=%d HTTP/1.1\" 200 32805 \"-\""
        + " \"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/122.0\"",
    "<4>1 2025-03-10T06:00:11.508Z fw-01.fazenda.example kernel - - - [UFW BLOCK] IN=eth0 OUT="
        + " SRC=145.63.85.%d DST=192.0.2.3 LEN=40 TTL=247 PROTO=TCP SPT=%d DPT=80 WINDOW=1024 SYN",
    "<22>Mar 10 06:00:00 mail-01 postfix/smtpd[28452]: connect from mx16.provider.example"
        + "[203.0.113.%d] %d",
    "<38>Mar 10 06:00:30 app-01 sshd[29325]: Accepted publickey for diego from 10.20.4.%d port %d"
        + " ssh2: ED25519 SHA256:34FkeibebDH23kFeEi1DFe",
    "<86>Mar 10 06:01:02 db-01 sshd[56036]: pam_unix(sshd:session): session closed for user u%d%d",
    "<30>1 2025-03-10T06:00:17.873Z app-02.fazenda.example systemd 1 - - Finished Session %d of"
        + " user u%d.",
    "<134>1 2025-03-10T00:00:02.553Z fw-01.example CEF - - - CEF:0|ExampleFW|NGFW|9.1|traffic-end|"
        + "Traffic end|2|src=10.20.4.%d dst=151.101.16.208 dpt=443 proto=TCP act=allow out=%d"
        + " in=2553240 app=ssl rt=1741564802553",
  };

  private static final String[] WINDOWS = {
    "{\"@timestamp\":\"2025-03-10T06:00:03.254Z\",\"Channel\":\"Security\",\"Provider_Name\":"
        + "\"Microsoft-Windows-Security-Auditing\",\"EventID\":4624,\"Computer\":\"dc-01.example\","
        + "\"TargetUserName\":\"u%d\",\"TargetDomainName\":\"SAUDE\",\"LogonType\":\"3\","
        + "\"IpAddress\":\"10.20.3.%d\",\"WorkstationName\":\"WS2191\",\"Status\":\"0x0\"}",
    "{\"@timestamp\":\"2025-03-10T06:00:03.254Z\",\"Channel\":"
        + "\"Microsoft-Windows-Sysmon/Operational\",\"Provider_Name\":\"Microsoft-Windows-Sysmon\","
        + "\"EventID\":1,\"Computer\":\"ws-%d\",\"UtcTime\":\"2025-03-10 06:00:03.254\",\"Image\":"
        + "\"C:\\\\Windows\\\\System32\\\\cmd.exe\",\"CommandLine\":\"cmd.exe /c whoami %d\","
        + "\"ParentImage\":\"C:\\\\Windows\\\\explorer.exe\",\"User\":\"CORP\\\\ana\","
        + "\"ProcessId\":3412,\"IntegrityLevel\":\"Medium\"}",
  };

  private static final String[] DEVICES = {
    "<166>Mar 10 06:00:01 fw-02 %%ASA-6-302014: Teardown TCP connection 2128055%d for outside:"
        + "203.0.113.9/%d to inside:10.22.8.78/443 duration 0:00:07 bytes 3433 TCP FINs",
    "<189>date=2025-03-10 time=06:00:01 devname=\"FGT-1\" devid=\"FG100D\" logid=\"0000000013\""
        + " type=\"traffic\" level=\"notice\" srcip=10.1.100.%d srcport=%d dstip=203.0.113.35"
        + " dstport=80 proto=6 action=\"close\" sentbyte=768 rcvdbyte=6872",
    "<14>Mar 10 06:00:01 pa-1 1,2025/03/10 06:00:01,0006C110285,TRAFFIC,end,1,2025/03/10 06:00:01,"
        + "10.0.0.%d,203.0.113.198,0.0.0.0,0.0.0.0,Allow,corp\\ana,,web-browsing,vsys1,in,out,e1/2,"
        + "e1/1,log,2025/03/10 06:00:01,12031,1,%d,443,0,0,0x8,tcp,allow,1000,600,400,10",
    "type=SYSCALL msg=audit(1741586401.243:%d): arch=c000003e syscall=59 success=yes exit=0 ppid=%d"
        + " pid=3538 auid=1000 uid=0 gid=0 euid=0 tty=pts0 ses=1 comm=\"cat\" exe=\"/bin/cat\""
        + " key=\"x\"",
  };

  @Param({"syslog", "windows", "devices"})
  private String mix = "syslog";

  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch batch = new EventBatch();
  private FrameBatch frames =
      FrameBatch.ofTexts(Origin.live("a", "syslog.tcp", "192.0.2.9"), Instant.EPOCH);

  @Setup
  public void lines() {
    var random = new Random(1);
    String[] kinds =
        switch (mix) {
          case "windows" -> WINDOWS;
          case "devices" -> DEVICES;
          default -> SYSLOG;
        };
    var builder = new FrameBatch.Builder();
    for (int i = 0; i < FRAMES; i++) {
      String line = kinds[i % kinds.length].formatted(random.nextInt(256), random.nextInt(65_536));
      byte[] frame = Ascii.bytes(line);
      builder.add(frame, 0, frame.length, (byte) 0);
    }
    frames =
        builder.build(
            Origin.live("a", "syslog.tcp", "192.0.2.9"),
            Micros.of(Instant.parse("2025-03-10T12:00:00Z")));
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public int parse() {
    parser.parse(frames, 0, 0, batch);
    return batch.filled();
  }

  /** Runs it with the allocation per event beside the time. */
  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(ParserBenchmark.class.getSimpleName())
                .addProfiler("gc")
                .build())
        .run();
  }
}
