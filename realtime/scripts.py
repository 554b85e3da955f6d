"""What happens inside Redis, in one step each.

Nothing newer than Redis 6.0 is used, which is what Azure Cache for Redis offers.
"""

# KEYS 1-3: a topic's log, its head, its ids. ARGV 1-3: a word for a new epoch, how
# many events to keep, and for how long (ms). An entry's stream id is `ms-number`: the
# number has no gaps, so that who reads can tell whether anything is missing, even when
# it is the log's oldest part; the time bounds the log. Redis' own clock is used, as
# those of the replicas may differ.
_LOG = """
local log, head, ids = KEYS[1], KEYS[2], KEYS[3]
local keep, keep_ms = tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local at

local function int(number) return string.format('%.0f', number) end

local function begin()
  redis.call('DEL', log, ids)
  redis.call('HSET', head, 'epoch', ARGV[1], 'ms', '0', 'number', '0')
  at = {epoch = ARGV[1], ms = 0, number = 0}
end

-- A log that is gone, or was cut off from its head, begins again in a new epoch.
local function open()
  local found = redis.call('HMGET', head, 'epoch', 'ms', 'number')
  if not found[1] or (found[3] ~= '0' and redis.call('EXISTS', log) == 0) then
    return begin()
  end
  at = {epoch = found[1], ms = tonumber(found[2]), number = tonumber(found[3])}
end

local function append(id, kind, payload, channel, name)
  if redis.call('ZADD', ids, 'NX', int(at.number + 1), id) == 0 then return 0 end
  at.number, at.ms = at.number + 1, math.max(at.ms, now)
  redis.call('XADD', log, 'MAXLEN', '~', keep, int(at.ms) .. '-' .. int(at.number),
    'e', at.epoch, 'i', id, 'k', kind, 'v', payload)
  if channel ~= '' then
    local told = '{"event":"' .. name .. '","data":' .. payload .. '}'
    redis.call('PUBLISH', channel, told)
  end
  return 1
end

local function number_of(entry) return tonumber(entry[1]:match('-(%d+)$')) end
local function ms_of(entry) return tonumber(entry[1]:match('^%d+')) end

local function close()
  redis.call('HSET', head, 'ms', int(at.ms), 'number', int(at.number))
  -- Ids are remembered for longer than entries are kept, never for shorter.
  redis.call('ZREMRANGEBYSCORE', ids, '-inf', int(at.number - 2 * keep))
  local first = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
  if first and ms_of(first) < now - keep_ms then
    local kept = redis.call('XRANGE', log, int(now - keep_ms), '+', 'COUNT', 1)[1]
    local count = kept and at.number - number_of(kept) + 1 or 0
    redis.call('XTRIM', log, 'MAXLEN', int(count))
  end
end
"""

# ARGV 4: how many events before these were given up, which leaves as many numbers
# out; then id, kind, payload, channel and name of each event. Returns how many of
# them are new.
APPEND = (
    _LOG
    + """
open()
at.number = at.number + tonumber(ARGV[4])
local appended = 0
for i = 5, #ARGV, 5 do
  appended = appended + append(unpack(ARGV, i, i + 4))
end
close()
return appended
"""
)

# Returns epoch, ms and number of the latest event.
HEAD = (
    _LOG
    + """
open()
return {at.epoch, int(at.ms), int(at.number)}
"""
)

# ARGV 4: an epoch. Begins the log again if that is still its epoch.
BEGIN = (
    _LOG
    + """
open()
if at.epoch == ARGV[4] then begin() end
return 1
"""
)

# ARGV 4 and on: ids. Returns since when (ms) the log knows what was in it, and those
# of the ids that are new to it.
UNKNOWN = (
    _LOG
    + """
open()
local first = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
local found = {first and number_of(first) > 1 and int(ms_of(first)) or '0'}
for i = 4, #ARGV do
  if not redis.call('ZSCORE', ids, ARGV[i]) then found[#found + 1] = ARGV[i] end
end
return found
"""
)

# KEYS 4-6: seats, counts, online. ARGV 4-6: kind, channel and name of a status event.
_SEATS = (
    _LOG
    + """
local seats, counts, online = KEYS[4], KEYS[5], KEYS[6]

local function tell(user, status)
  if not at then open() end
  local id = 'e_' .. at.epoch .. '_' .. int(at.number + 1)
  local event = cjson.encode({id = id, at_ms = now, user_id = user, status = status})
  append(id, ARGV[4], event, ARGV[5], ARGV[6])
end

local function sit(seat, until_ms)
  if redis.call('ZADD', seats, int(until_ms), seat) == 0 then return end
  local user, session = seat:match('^([^|]*)|([^|]*)|')
  if session ~= '' then redis.call('HINCRBY', counts, session, 1) end
  if redis.call('HINCRBY', counts, user, 1) == 1 then
    redis.call('ZADD', online, int(now), user)
    tell(user, 'ONLINE')
  end
end

local function one_less(field)
  if redis.call('HINCRBY', counts, field, -1) > 0 then return false end
  redis.call('HDEL', counts, field)
  return true
end

local function stand(seat)
  if redis.call('ZREM', seats, seat) == 0 then return end
  local user, session = seat:match('^([^|]*)|([^|]*)|')
  if session ~= '' then one_less(session) end
  if one_less(user) then
    redis.call('ZREM', online, user)
    tell(user, 'OFFLINE')
  end
end
"""
)

# ARGV 7: for how long (ms); 8 and on: seats. Takes them, or keeps them.
SIT = (
    _SEATS
    + """
for i = 8, #ARGV do sit(ARGV[i], now + tonumber(ARGV[7])) end
if at then close() end
return 1
"""
)

# ARGV 7: the grace (ms); 8: the seat. Its user stays online for the grace.
LEAVE = (
    _SEATS
    + """
if redis.call('ZSCORE', seats, ARGV[8]) then
  sit(ARGV[8]:match('^[^|]*') .. '||', now + tonumber(ARGV[7]))
  stand(ARGV[8])
end
if at then close() end
return 1
"""
)

# KEYS 7: swept. ARGV 7: after how long without a sweep (ms) everybody must have been
# away, and 8: for how long (ms) seats are kept then, so that their owners can come
# back first. Returns how many seats had expired, -1 while they are kept.
SWEEP = (
    _SEATS
    + """
local swept = redis.call('HMGET', KEYS[7], 'last_ms', 'hold_ms')
local last, hold = tonumber(swept[1] or 0), tonumber(swept[2] or 0)
if now - last > tonumber(ARGV[7]) then hold = now + tonumber(ARGV[8]) end
redis.call('HSET', KEYS[7], 'last_ms', int(now), 'hold_ms', int(hold))
if now < hold then return -1 end
local gone = redis.call('ZRANGEBYSCORE', seats, '-inf', int(now), 'LIMIT', 0, 500)
for _, seat in ipairs(gone) do stand(seat) end
if at then close() end
return #gone
"""
)
