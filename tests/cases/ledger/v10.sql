BEGIN TRANSACTION;
CREATE TABLE accounts (
	person VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	totp VARCHAR NOT NULL, 
	step INTEGER NOT NULL, 
	away VARCHAR NOT NULL, 
	seen VARCHAR NOT NULL, 
	letters VARCHAR DEFAULT 'daily' NOT NULL, 
	told VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY (person)
);
INSERT INTO "accounts" VALUES('abc','ana@example.org','',0,'','','daily','');
CREATE TABLE answers (
	"key" VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	codes_missing BOOLEAN NOT NULL, 
	unknown INTEGER NOT NULL, 
	way VARCHAR NOT NULL, 
	at VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "answers" VALUES('0a','Hola',0,1,'marks','2026-09-14T12:00:03.000000+00:00');
CREATE TABLE assignments (
	release VARCHAR NOT NULL, 
	locale VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	due VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (release, locale)
);
CREATE TABLE audit (
	id VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	about VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE breakers (
	engine VARCHAR NOT NULL, 
	pair VARCHAR NOT NULL, 
	failures INTEGER NOT NULL, 
	until VARCHAR NOT NULL, 
	PRIMARY KEY (engine, pair)
);
CREATE TABLE chains (
	release VARCHAR NOT NULL, 
	link VARCHAR NOT NULL, 
	length INTEGER NOT NULL, 
	PRIMARY KEY (release)
);
INSERT INTO "chains" VALUES('bureau','dd322f2dfcdfe9fecf12a09f6ed113e5f8865b3439be34ca3f90ca7a4ee836ea',2);
INSERT INTO "chains" VALUES('other','eca52e4a7561c13e8459d1c55e83c36e82677b406a7d5818fcbc9143f6b7ef60',1);
CREATE TABLE claims (
	release VARCHAR NOT NULL, 
	locale VARCHAR NOT NULL, 
	segment VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	expires VARCHAR NOT NULL, 
	PRIMARY KEY (release, locale, segment)
);
CREATE TABLE comments (
	id VARCHAR NOT NULL, 
	release VARCHAR NOT NULL, 
	locale VARCHAR NOT NULL, 
	segment VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	asks BOOLEAN NOT NULL, 
	resolved VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE decisions (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	release VARCHAR NOT NULL, 
	locale VARCHAR NOT NULL, 
	segment VARCHAR NOT NULL, 
	context TEXT NOT NULL, 
	source TEXT NOT NULL, 
	target TEXT NOT NULL, 
	state VARCHAR NOT NULL, 
	fuzzy BOOLEAN NOT NULL, 
	action VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	base VARCHAR NOT NULL, 
	origin VARCHAR NOT NULL, 
	comment TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	note TEXT NOT NULL, 
	place INTEGER DEFAULT '0' NOT NULL, 
	salt VARCHAR DEFAULT '' NOT NULL, 
	link VARCHAR DEFAULT '' NOT NULL, 
	seals TEXT DEFAULT '{}' NOT NULL
, outstanding TEXT DEFAULT '' NOT NULL, author VARCHAR DEFAULT '' NOT NULL, passed VARCHAR DEFAULT '' NOT NULL);
INSERT INTO "decisions" VALUES(1,'bureau','es','e4eeeaf70b2e7629','','Bonjour.','Hola.','reviewed',0,'approve','abc','2026-09-14T12:00:01.000000+00:00','d1','','human','','','',1,'9236741b22996906','6b8b7e6803cc4cc7798ebf05dbe2627a313e315a5a0934ede1127298ad9577ce','{}','','','');
INSERT INTO "decisions" VALUES(2,'bureau','es','e4eeeaf70b2e7629','','Bonjour.','Buenas.','reviewed',0,'approve','abc','2026-09-14T12:00:02.000000+00:00','d2','d1','human','','','',2,'8ea703a7ea2ac85b','dd322f2dfcdfe9fecf12a09f6ed113e5f8865b3439be34ca3f90ca7a4ee836ea','{}','','','');
INSERT INTO "decisions" VALUES(3,'other','es','1ae3489c89b39269','','Merci.','Gracias.','reviewed',0,'approve','abc','2026-09-14T12:00:03.000000+00:00','d3','','human','','','',1,'bf17c7406c5f0a06','eca52e4a7561c13e8459d1c55e83c36e82677b406a7d5818fcbc9143f6b7ef60','{}','','','');
CREATE TABLE drafts (
	person VARCHAR NOT NULL, 
	release VARCHAR NOT NULL, 
	locale VARCHAR NOT NULL, 
	segment VARCHAR NOT NULL, 
	target TEXT NOT NULL, 
	base VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (person, release, locale, segment)
);
CREATE TABLE heads (
	release VARCHAR NOT NULL, 
	locale VARCHAR NOT NULL, 
	segment VARCHAR NOT NULL, 
	decision INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	PRIMARY KEY (release, locale, segment)
);
INSERT INTO "heads" VALUES('bureau','es','e4eeeaf70b2e7629',2,'d2');
INSERT INTO "heads" VALUES('other','es','1ae3489c89b39269',3,'d3');
CREATE TABLE jobs (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	payload TEXT NOT NULL, 
	queue VARCHAR NOT NULL, 
	lock VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	done INTEGER NOT NULL, 
	total INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	ready VARCHAR, 
	worker VARCHAR NOT NULL, 
	cancel BOOLEAN NOT NULL, 
	changed VARCHAR NOT NULL, 
	UNIQUE ("key")
);
CREATE TABLE people (
	id VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	roles TEXT NOT NULL, 
	password VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (login)
);
INSERT INTO "people" VALUES('abc','ana','Ana','{"es": "reviewer"}','');
CREATE TABLE projections (
	release VARCHAR NOT NULL, 
	locale VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	upto INTEGER NOT NULL, 
	newest INTEGER DEFAULT 0 NOT NULL, 
	PRIMARY KEY (release, locale)
);
INSERT INTO "projections" VALUES('bureau','es','',0,2);
INSERT INTO "projections" VALUES('other','es','',0,3);
CREATE TABLE schema_version (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "schema_version" VALUES(10);
CREATE TABLE spending (
	engine VARCHAR NOT NULL, 
	day VARCHAR NOT NULL, 
	characters INTEGER NOT NULL, 
	PRIMARY KEY (engine, day)
);
CREATE TABLE tokens (
	kind VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	expires VARCHAR NOT NULL, since VARCHAR DEFAULT '' NOT NULL, about VARCHAR DEFAULT '' NOT NULL, scope VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY (kind, digest)
);
CREATE TABLE turns (
	id INTEGER NOT NULL, 
	engine VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX decisions_in_chain ON decisions (release, place);
CREATE INDEX decisions_of_segment ON decisions (release, locale, segment, id);
CREATE INDEX jobs_running ON jobs (lock) WHERE state = 'running';
CREATE INDEX jobs_open ON jobs (queue, id) WHERE ready IS NOT NULL;
CREATE INDEX audit_of_person ON audit (person, at);
CREATE INDEX comments_of_segment ON comments (release, segment);
CREATE INDEX turns_of_engine ON turns (engine, at);
CREATE INDEX answers_by_age ON answers (at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('decisions',3);
COMMIT;
