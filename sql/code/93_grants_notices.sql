-- The inbox, and the queue of the mailer.
set local role none;

grant execute on function
    private.notice_title(text, text, date, integer, text, text, text), private.notice_subject(text, uuid),
    private.notice_text(text, text, date, integer, text, text, text),
    private.notice_link(text, text, integer, integer, date, text, uuid)
to danvan_reader;
grant insert (notice_id, user_id) on app.notice_reading to danvan_writer;
grant insert (wants_mail), update (wants_mail) on app.user_account to danvan_writer;

grant usage on schema private to danvan_mailer;
grant execute on function
    private.mail_take(integer), private.mail_sent(bigint), private.mail_failed(bigint, text), private.mail_put_back(bigint)
to danvan_mailer;
