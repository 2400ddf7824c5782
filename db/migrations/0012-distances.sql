-- The same distances as before, each written as one expression: only so does PostgreSQL put them into the query that asks,
-- which makes them some twenty times cheaper.
create or replace function miles_between(lat_a double precision, lon_a double precision, lat_b double precision, lon_b double precision)
  returns double precision language sql immutable parallel safe as $$
  -- 1 - abs(1 - h) is h, and no more than 1 where rounding made it so; nothing where a position is not known
  select 7917.6 * asin(sqrt(1 - abs(1 - (sin(radians(lat_b - lat_a) / 2) ^ 2
    + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(radians(lon_b - lon_a) / 2) ^ 2))))
$$;

create or replace function hexes_between(q_a int, r_a int, q_b int, r_b int) returns int language sql immutable parallel safe as $$
  select greatest(
    abs((q_a - (r_a - (r_a & 1)) / 2) - (q_b - (r_b - (r_b & 1)) / 2)),
    abs(r_a - r_b),
    abs((q_a - (r_a - (r_a & 1)) / 2) - (q_b - (r_b - (r_b & 1)) / 2) + r_a - r_b))
$$;
