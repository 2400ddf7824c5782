-- The same as before, by the index of a person's places: among thousands of open requests the sweep looked through every place for each.
-- Which requests may have to be settled anew, and whose they are, so that the server can do it in their name: those of a
-- place, those of a run, or, where neither is given, any that does not agree with the places there are.
create or replace function help_to_settle(the_place uuid, the_run uuid, most int) returns table (request uuid, person uuid)
  language sql stable security definer set search_path = public as $$
  select r.id, r.person_id from help_request r where the_place is not null and r.state in ('asked', 'half decided', 'awarded')
    and (r.place_id = the_place or r.application_id = (select application_id from place where id = the_place))
  union all
  select r.id, r.person_id from help_request r where the_run is not null and r.state in ('asked', 'half decided', 'awarded')
    and (r.run_id = the_run or r.place_id in (select id from place where run_id = the_run))
  union all
  (select r.id, r.person_id from help_request r
    left join application a on a.id = r.application_id left join round on round.id = a.round_id
    left join lateral (
      select bool_or(p.state = 'confirmed') as has, bool_or(p.state = 'confirmed' and p.run_id = r.run_id) as here, true as any from place p
      where p.person_id = r.person_id and p.state in ('offered', 'confirmed', 'waiting')
        and case when r.application_id is null then p.id = r.place_id else p.application_id = r.application_id end
      having count(*) > 0) held on true
    where the_place is null and the_run is null and r.state in ('asked', 'half decided', 'awarded')
      and case when r.run_id is not null then held.here is not true
        else held.has or (held.any is null and (a.id is null or a.withdrawn_at is not null or round.state in ('drawn', 'cancelled'))) end
    order by r.asked_at limit most)
$$;
