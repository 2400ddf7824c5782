-- The tree nation → region → constituency → ward. The path holds the codes from the top.
create table area (
  code text primary key check (code ~ '^[A-Za-z0-9_]{1,32}$'),
  name text not null,
  kind text not null check (kind in ('nation', 'region', 'constituency', 'ward')),
  parent text references area,
  path ltree not null unique,
  region text references area,   -- the region above (or the nation, where it has no regions)
  lat double precision check (lat between -90 and 90),
  lon double precision check (lon between -180 and 180),
  hex_q int,
  hex_r int,
  electors int check (electors >= 0)
);
create index area_path on area using gist (path);
create index area_parent on area (parent);
create index area_region on area (region);
create index area_name on area using gin (plain_words(name) gin_trgm_ops);

-- Every postcode, without its space, and the smallest area known for it.
create table postcode (
  postcode text primary key,
  area_code text not null
);

-- Miles between two positions, as the crow flies (haversine); unknown where either is.
create function miles_between(lat_a double precision, lon_a double precision, lat_b double precision, lon_b double precision)
  returns double precision language sql immutable parallel safe as $$
  select 2 * 3958.8 * atan2(sqrt(h), sqrt(abs(1 - h)))
  from (select sin(radians(lat_b - lat_a) / 2) ^ 2
    + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(radians(lon_b - lon_a) / 2) ^ 2 as h) as haversine
$$;

-- Steps between two places on the grid of hexagons, whose odd rows stand half a hexagon further east.
create function hexes_between(q_a int, r_a int, q_b int, r_b int) returns int language sql immutable parallel safe as $$
  select greatest(abs(x), abs(r_a - r_b), abs(x + r_a - r_b))
  from (select (q_a - (r_a - (r_a & 1)) / 2) - (q_b - (r_b - (r_b & 1)) / 2) as x) as across
$$;
