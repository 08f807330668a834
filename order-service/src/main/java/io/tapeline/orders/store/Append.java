package io.tapeline.orders.store;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Batches of several accounts as one statement: one round trip and one commit. */
final class Append {
  static final String SQL =
      """
      with event as (
        insert into account_event (account_id, seq, at, cl_ord_id, batch_id, body)
        select * from unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::text[], $5::uuid[], $6::text[])
      ), command as (
        insert into command (account_id, command_id, fingerprint, answer, at, batch_id, row_seq)
        select * from unnest($7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::uuid[], $29::bigint[])
      ), execution as (
        insert into exec_id (account_id, exec_id, seq)
        select * from unnest($13::text[], $14::text[], $15::bigint[])
      ), born as (
        insert into order_row (account_id, cl_ord_id, symbol, working, created_seq, seq, body)
        select * from unnest($16::text[], $17::text[], $18::text[], $19::boolean[], $20::bigint[], $21::bigint[], $22::text[])
      )
      update order_row r set symbol = o.symbol, working = o.working, seq = o.seq, body = o.body
        from unnest($23::text[], $24::text[], $25::text[], $26::boolean[], $27::bigint[], $28::text[])
          as o(account_id, cl_ord_id, symbol, working, seq, body)
       where r.account_id = o.account_id and r.cl_ord_id = o.cl_ord_id""";

  /** A part of a batch, beside the batch it is of. */
  private record Of<P>(Batch batch, P part) {
    String accountId() {
      return batch.accountId().value();
    }
  }

  private Append() {}

  static Tuple parameters(Collection<Batch> batches) {
    var lines = parts(batches, Batch::lines);
    var commands = parts(batches, Batch::commands);
    var executions = parts(batches, Batch::executions);
    var rows = parts(batches, Batch::rows);
    var born = rows.stream().filter(row -> row.part().born()).toList();
    var known = rows.stream().filter(row -> !row.part().born()).toList();
    return Tuple.tuple()
        .addArrayOfString(texts(lines, Of::accountId))
        .addArrayOfLong(each(lines, of -> of.part().seq(), Long[]::new))
        .addArrayOfOffsetDateTime(times(lines, of -> of.part().at()))
        .addArrayOfString(texts(lines, of -> of.part().clOrdId()))
        .addArrayOfUUID(each(lines, of -> of.batch().id(), UUID[]::new))
        .addArrayOfString(texts(lines, of -> of.part().body()))
        .addArrayOfString(texts(commands, Of::accountId))
        .addArrayOfString(texts(commands, of -> of.part().commandId()))
        .addArrayOfString(texts(commands, of -> of.part().fingerprint()))
        .addArrayOfString(texts(commands, of -> of.part().answer()))
        .addArrayOfOffsetDateTime(times(commands, of -> of.batch().at()))
        .addArrayOfUUID(each(commands, of -> of.batch().id(), UUID[]::new))
        .addArrayOfString(texts(executions, Of::accountId))
        .addArrayOfString(texts(executions, of -> of.part().execId()))
        .addArrayOfLong(each(executions, of -> of.part().seq(), Long[]::new))
        .addArrayOfString(texts(born, Of::accountId))
        .addArrayOfString(texts(born, of -> of.part().clOrdId()))
        .addArrayOfString(texts(born, of -> of.part().symbol()))
        .addArrayOfBoolean(each(born, of -> of.part().working(), Boolean[]::new))
        .addArrayOfLong(each(born, of -> of.part().createdSeq(), Long[]::new))
        .addArrayOfLong(each(born, of -> of.part().seq(), Long[]::new))
        .addArrayOfString(texts(born, of -> of.part().body()))
        .addArrayOfString(texts(known, Of::accountId))
        .addArrayOfString(texts(known, of -> of.part().clOrdId()))
        .addArrayOfString(texts(known, of -> of.part().symbol()))
        .addArrayOfBoolean(each(known, of -> of.part().working(), Boolean[]::new))
        .addArrayOfLong(each(known, of -> of.part().seq(), Long[]::new))
        .addArrayOfString(texts(known, of -> of.part().body()))
        .addArrayOfLong(each(commands, of -> of.part().rowSeq(), Long[]::new));
  }

  private static <P> List<Of<P>> parts(
      Collection<Batch> batches, Function<Batch, List<P>> ofBatch) {
    var all = new ArrayList<Of<P>>();
    for (var batch : batches) for (var part : ofBatch.apply(batch)) all.add(new Of<>(batch, part));
    return all;
  }

  private static <P> String[] texts(
      List<Of<P>> parts, Function<Of<P>, ? extends @Nullable String> value) {
    return each(parts, value, String[]::new);
  }

  private static <P> OffsetDateTime[] times(List<Of<P>> parts, Function<Of<P>, Instant> value) {
    return each(parts, of -> value.apply(of).atOffset(ZoneOffset.UTC), OffsetDateTime[]::new);
  }

  private static <P, V> V[] each(
      List<Of<P>> parts, Function<Of<P>, ? extends @Nullable V> value, IntFunction<V[]> array) {
    var values = array.apply(parts.size());
    for (var i = 0; i < values.length; i++) values[i] = value.apply(parts.get(i));
    return values;
  }
}
