-- Videos of courses. The bytes are files below the data folder, named by the id: a row is there before its file and goes before it, so a file without
-- a row is nobody's. Like the other tables of courses it has no row security.
create table hw.course_video (
    video_id uuid primary key,
    course_id integer not null references hw.course,
    name text not null check (length(name) between 1 and 200),
    size bigint not null check (size > 0),
    received bigint not null default 0 check (received between 0 and size),
    content_type text check (content_type in ('video/mp4', 'video/webm')),
    sha256 bytea check (length(sha256) = 32),
    made_by integer not null,
    made_at timestamptz not null,
    taken_at timestamptz not null,
    completed_at timestamptz,
    check ((completed_at is null) = (sha256 is null)),
    check (completed_at is null or (received = size and content_type is not null))
);
comment on column hw.course_video.name is 'as the file was called where it came from: shown, never a path';
comment on column hw.course_video.received is 'bytes that are on the disk for certain';
comment on column hw.course_video.content_type is 'what its beginning says; null until that is there';
comment on column hw.course_video.taken_at is 'when bytes came last: what stands still for a day is thrown away';
create index course_video_course on hw.course_video (course_id, made_at);
create index course_video_unfinished on hw.course_video (taken_at) where completed_at is null;
create index lesson_version_video on hw.lesson_version (video) where video is not null;
grant select on hw.course_video to haulwatch_app, haulwatch_writer;
grant insert, delete on hw.course_video to haulwatch_app;
grant update (received, content_type, sha256, taken_at, completed_at) on hw.course_video to haulwatch_app;

-- A picture that no lesson shows may go.
grant delete on hw.lesson_picture to haulwatch_app;
